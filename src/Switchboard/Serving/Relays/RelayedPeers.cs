using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Serving.Relays;

/// <summary>The addresses that send to one relay, from their first datagram until their target is closed.</summary>
/// <param name="socket">Through which they are answered.</param>
/// <param name="target">Where each of them is connected to.</param>
/// <param name="options">How, and how many.</param>
[SuppressMessage("Design", "CA1001", Justification = "Both live as long as the last address, and have no timers.")]
internal sealed class RelayedPeers(DatagramSocket socket, Endpoint target, RelayOptions options)
{
    // Where nobody is, whoever sends fast would have us try as fast.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<DatagramAddress, RelayedPeer> _byAddress = [];
    private readonly HashSet<RelayedPeer> _open = [];
    private readonly RelayObserverGuard _observer = new(options.Observer);
    private readonly TimeProvider _time = options.Datagrams.TimeProvider;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _takesNoMore;
    private long _opened;
    private long _received;
    private long _sent;
    private long _dropped;

    public DatagramRelayStatistics GetStatistics()
    {
        lock (_lock)
        {
            return new DatagramRelayStatistics(
                _open.Count, _opened, Interlocked.Read(ref _received), _sent + _open.Sum(peer => peer.Sent),
                Interlocked.Read(ref _dropped));
        }
    }

    /// <summary>Takes a datagram that came. One caller at a time.</summary>
    public void Take(DatagramAddress from, ReadOnlySpan<byte> datagram)
    {
        Interlocked.Increment(ref _received);
        var (peer, isNew) = FindOrAdd(from);
        if (peer is null)
        {
            CountDrop();
            _observer.Dropped(new RelayDrop(
                from.ToEndpoint(), target, datagram.Length, RelayDropReason.NoRoom,
                $"No room for another address: {_open.Count} have a connection each, and {options.MaxPeers} may."));
            return;
        }

        peer.Take(datagram, target);
        if (isNew)
        {
            _observer.PeerOpened(peer.Remote);
            _ = ServeAsync(from, peer);
        }
    }

    /// <summary>Takes no more, waits for the targets, and cuts off those that are left.</summary>
    /// <returns>How many ended by themselves, and how many were cut off.</returns>
    public async Task<(int Finished, int Aborted)> StopAsync(TimeSpan drain, CancellationToken cancellationToken)
    {
        var open = StopTaking();
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var peer in open)
        {
            peer.TakeNoMore();
        }

        try
        {
            await _empty.Task.WaitAsync(drain, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // The count of those that are cut off tells.
        }

        var rest = GetStatistics().Open;
        await _abort.CancelAsync().ConfigureAwait(false);
        await _empty.Task.ConfigureAwait(false);
        return (open.Length - rest, rest);
    }

    private (RelayedPeer? Peer, bool IsNew) FindOrAdd(DatagramAddress from)
    {
        lock (_lock)
        {
            if (_byAddress.TryGetValue(from, out var known) && !known.IsOver)
            {
                return (known, false);
            }

            if (_takesNoMore || _open.Count >= options.MaxPeers || !DescriptorBudget.TryTake())
            {
                return (null, false);
            }

            var peer = new RelayedPeer(new PeerEnd(socket, from), options, _observer, CountDrop);
            _byAddress[from] = peer;
            _open.Add(peer);
            _opened++;
            return (peer, true);
        }
    }

    private async Task ServeAsync(DatagramAddress from, RelayedPeer peer)
    {
        var end = await peer.RunAsync(target, _abort.Token).ConfigureAwait(false);
        _observer.PeerEnded(peer.Remote, end);
        if (peer.HasFailed)
        {
            await Task.Delay(PauseAfterFailure, _time, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Remove(from, peer);
        DescriptorBudget.GiveBack();
    }

    private void Remove(DatagramAddress from, RelayedPeer peer)
    {
        lock (_lock)
        {
            _open.Remove(peer);
            _sent += peer.Sent;
            if (_byAddress.TryGetValue(from, out var known) && known == peer)
            {
                _byAddress.Remove(from);
            }

            CompleteIfEmpty();
        }
    }

    private RelayedPeer[] StopTaking()
    {
        lock (_lock)
        {
            _takesNoMore = true;
            CompleteIfEmpty();
            return [.. _open];
        }
    }

    private void CompleteIfEmpty()
    {
        if (_takesNoMore && _open.Count == 0)
        {
            _empty.TrySetResult();
        }
    }

    private void CountDrop() => Interlocked.Increment(ref _dropped);
}
