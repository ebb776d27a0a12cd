namespace Switchboard.Serving.Relays;

/// <summary>One address that sends to a relay, and what connects it with the target.</summary>
internal sealed class RelayedPeer
{
    private const string NoTarget = "The target has broken off, or was not reached.";

    private readonly PeerEnd _end;
    private readonly RelayOptions _options;
    private readonly RelayObserverGuard _observer;
    private readonly Action _countDrop;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private long _received;
    private long _dropped;
    private volatile bool _hasFailed;

    /// <param name="end">The address.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="observer">Is told.</param>
    /// <param name="countDrop">Called for each datagram that is not passed on.</param>
    public RelayedPeer(PeerEnd end, RelayOptions options, RelayObserverGuard observer, Action countDrop)
    {
        _end = end;
        _options = options;
        _observer = observer;
        _countDrop = countDrop;
        _time = options.Datagrams.TimeProvider;
        _startedAt = _time.GetTimestamp();
    }

    public UdpEndpoint Remote => _end.Remote;

    public long Sent => _end.Sent;

    /// <summary>Whether the target has finished, so that whatever comes now needs a new connection.</summary>
    public bool IsOver => _end.TakesNoMore && !_hasFailed;

    /// <summary>Whether the target broke off or was not reached.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Takes a datagram that came from the address, or drops it. One caller at a time.</summary>
    public void Take(ReadOnlySpan<byte> datagram, Endpoint target)
    {
        Interlocked.Increment(ref _received);
        if (_end.TryTake(datagram))
        {
            return;
        }

        Drop(_end.TakesNoMore
            ? new RelayDrop(Remote, target, datagram.Length, RelayDropReason.NoTarget, NoTarget)
            : new RelayDrop(
                Remote, target, datagram.Length, RelayDropReason.Behind,
                "More waits already than the target takes. Send more slowly."));
    }

    /// <summary>Takes no more, so that all ends once the target has finished, too.</summary>
    public void TakeNoMore() => _end.TakeNoMore();

    /// <summary>Connects with the target and passes datagrams on until one of them ends it.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="abort">Cuts it off.</param>
    public async Task<RelayedPeerEnd> RunAsync(Endpoint target, CancellationToken abort)
    {
        var isIdle = false;
        Exception? error = null;
        try
        {
            isIdle = !await TalkAsync(target, abort).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever goes wrong for one address ends nothing else, and is told.
        catch (Exception caught)
#pragma warning restore CA1031
        {
            error = abort.IsCancellationRequested ? null : caught;
        }

        _hasFailed = error is not null;
        foreach (var length in _end.Release())
        {
            Drop(new RelayDrop(Remote, target, length, RelayDropReason.NoTarget, error?.Message ?? NoTarget));
        }

        return new RelayedPeerEnd(
            Interlocked.Read(ref _received), Sent, Interlocked.Read(ref _dropped),
            _time.GetElapsedTime(_startedAt), isIdle, error);
    }

    private async Task<bool> TalkAsync(Endpoint target, CancellationToken abort)
    {
        if (target is UdpEndpoint)
        {
            var socket = await DatagramSocket.ConnectAsync(target, _options.Datagrams, abort).ConfigureAwait(false);
            await using (socket.ConfigureAwait(false))
            {
                using var datagrams = new SocketEnd(socket, _options.AnswerTimeout, _time, lost => Drop(
                    new RelayDrop(Remote, target, Bytes: null, lost.Reason, lost.Problem)));
                return await JoinAsync(datagrams, abort).ConfigureAwait(false);
            }
        }

        var connection = await Connection.ConnectAsync(target, _options.Connect, abort).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using var cut = abort.UnsafeRegister(static cut => ((Connection)cut!).Abort(), connection);
            var frames = new FrameEnd(connection, _options.Framing!);
            await using (frames.ConfigureAwait(false))
            {
                return await JoinOrAbortAsync(connection, frames, abort).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> JoinOrAbortAsync(Connection connection, FrameEnd frames, CancellationToken abort)
    {
        try
        {
            return await JoinAsync(frames, abort).ConfigureAwait(false);
        }
        catch
        {
            connection.Abort();
            throw;
        }
    }

    private async Task<bool> JoinAsync(IDatagramEnd target, CancellationToken abort)
    {
        var join = new DatagramJoin(_end, target, _time, _options.IdleTimeout, Drop);
        var hasEnded = await join.RunAsync(abort).ConfigureAwait(false);

        // Closing takes a moment, and what comes meanwhile is for the next connection.
        _end.TakeNoMore();
        return hasEnded;
    }

    private void Drop(RelayDrop drop)
    {
        Interlocked.Increment(ref _dropped);
        _countDrop();
        _observer.Dropped(drop);
    }
}
