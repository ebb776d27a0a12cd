namespace Switchboard.Files.Protocol;

/// <summary>
/// Has an end say that it is there while it has nothing else to say, however long a disk or a digest takes, and ends
/// the conversation with a peer that is waited for and says nothing at all.
/// </summary>
internal sealed class LifeSigns : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Conversation _peer;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly Task _watching;
    private (long Messages, long Bytes) _heard;
    private long _heardAt;

    /// <param name="peer">Proven.</param>
    /// <param name="limit">How long it may be silent; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="time">Times both.</param>
    public LifeSigns(Conversation peer, TimeSpan limit, TimeProvider time)
    {
        (_peer, _limit, _time, _heardAt) = (peer, limit, time, time.GetTimestamp());
        _watching = WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(TransferLimits.SignInterval, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            if (IsSilent())
            {
                _peer.EndSilent(_limit);
                return;
            }

            await _peer.SendSignOfLifeAsync(_stop.Token).ConfigureAwait(false);
        }
    }

    private bool IsSilent()
    {
        // Bytes count, and not only messages: one may be long, and the way slow.
        var heard = (_peer.MessagesReceived, _peer.Connection.GetStatistics().BytesReceived);
        if (heard != _heard || !_peer.IsReceiving)
        {
            (_heard, _heardAt) = (heard, _time.GetTimestamp());
        }

        return _limit != Timeout.InfiniteTimeSpan && _time.GetElapsedTime(_heardAt) >= _limit;
    }
}
