using System.Runtime.CompilerServices;

namespace Switchboard.Connections;

/// <summary>
/// Collects encoded frames and sends them in batches. Invariants: frames are encoded under the lock, so each lies whole
/// in <c>_waiting</c>; only the holder of <c>_turn</c> sends, and it empties <c>_waiting</c> in order. After a batch
/// was lost nothing more is taken.
/// </summary>
internal sealed class FrameSender(Connection connection, Framing framing, FrameReceiver receiver) : IThreadPoolWorkItem
{
    private const int FlushAtBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly SendTurn _turn = new();
    private SendBuffer _waiting = new();
    private SendBuffer _spare = new();
    private bool _completed;
    private bool _takesNoMore;
    private int _bytesUnderWay;
    private Exception? _lost;
    private int _flushScheduled;

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        if (!TryTake(frame.Span))
        {
            return WaitThenSendAsync(frame, cancellationToken);
        }

        return framing.EndsWithConnection ? FlushAsync(cancellationToken) : HoldOrFlush(cancellationToken);
    }

    public bool TrySend(ReadOnlyMemory<byte> frame)
    {
        try
        {
            if (!TryTake(frame.Span))
            {
                return false;
            }
        }
        catch (Exception error) when (error is ConnectionException or ObjectDisposedException)
        {
            // Whoever has left takes no frame, and is no mistake of the sender's.
            return false;
        }

        ScheduleFlush();
        return true;
    }

    /// <summary>Takes no frame any more; what was taken still goes out.</summary>
    public void TakeNoMore()
    {
        lock (_lock)
        {
            _takesNoMore = true;
        }
    }

    /// <summary>Whether frames that were taken did not go out: what went out is not the whole.</summary>
    public bool HasLost => Volatile.Read(ref _lost) is not null;

    public ValueTask CompleteSendingAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _completed = true;
        }

        return FlushAsync(cancellationToken);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (!_turn.TryTake())
        {
            return WaitThenFlushAsync(cancellationToken);
        }

        return WaitFor(SendWaitingAsync(), cancellationToken);
    }

    /// <summary>
    /// Starts sending what waits: at once, or behind the send that runs, without a wait of its own. Otherwise a peer
    /// that takes nothing could fill our memory with waiting flushes, one for each frame that it sends.
    /// </summary>
    public ValueTask StartFlush()
    {
        if (_turn.TryTake())
        {
            return SendWaitingAsync();
        }

        ScheduleFlush();
        return default;
    }

    /// <summary>
    /// Flushes what may still go out. A failure is not lost: the next send or flush throws it.
    /// </summary>
    public Task FlushQuietlyAsync() => EndQuietlyAsync(FlushAsync(CancellationToken.None));

    void IThreadPoolWorkItem.Execute() => _ = FlushScheduledAsync();

    private async Task FlushScheduledAsync()
    {
        await _turn.TakeAsync(CancellationToken.None).ConfigureAwait(false);

        // Not before it has its turn: what is taken until then goes out with it, and needs no flush of its own.
        Volatile.Write(ref _flushScheduled, 0);
        await EndQuietlyAsync(SendWaitingAsync()).ConfigureAwait(false);
    }

    private static async Task EndQuietlyAsync(ValueTask flushing)
    {
        try
        {
            await flushing.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits here, and a transport from outside may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Kept in _lost: the next send or flush throws it to whoever asks.
        }
    }

    /// <summary>Encodes the frame if there is room for it, whole or not at all.</summary>
    private bool TryTake(ReadOnlySpan<byte> frame)
    {
        lock (_lock)
        {
            if (_completed)
            {
                throw new InvalidOperationException($"{connection}: sending was completed; no frame can follow.");
            }

            if (_takesNoMore)
            {
                throw new ObjectDisposedException(
                    nameof(FramedConnection), $"The frames of {connection} were disposed.");
            }

            ThrowLost();
            connection.TakesFramesOf(this);
            var pending = (long)_waiting.Length + _bytesUnderWay;
            if (pending > 0 && pending + frame.Length > connection.Options.MaxPendingSendBytes)
            {
                return false;
            }

            Encode(frame);
            _completed = framing.EndsWithConnection;
            return true;
        }
    }

    private void Encode(ReadOnlySpan<byte> frame)
    {
        var before = _waiting.Length;
        try
        {
            framing.Encode(frame, _waiting);
        }
        catch
        {
            // Half a frame would make everything behind it unreadable.
            _waiting.CutBackTo(before);
            throw;
        }
    }

    private void ThrowLost()
    {
        switch (Volatile.Read(ref _lost))
        {
            case null:
                return;
            case var error when error is ConnectionException or ObjectDisposedException:
                throw error;
            case var error:
                throw new InvalidOperationException(
                    $"{connection}: frames were lost in an earlier send; none can follow in order.", error);
        }
    }

    private async ValueTask WaitThenSendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        do
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!TryTake(frame.Span));

        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private ValueTask HoldOrFlush(CancellationToken cancellationToken)
    {
        if (!receiver.HasMore || _waiting.Length >= FlushAtBytes)
        {
            return FlushAsync(cancellationToken);
        }

        ScheduleFlush();
        return default;
    }

    // A handler may turn to something slow before it receives again; what it has sent must not wait for that.
    private void ScheduleFlush()
    {
        if (Volatile.Read(ref _flushScheduled) == 0 && Interlocked.Exchange(ref _flushScheduled, 1) == 0)
        {
            connection.Post(this);
        }
    }

    private async ValueTask WaitThenFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _turn.TakeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Who gave up waiting leaves its frame behind, and perhaps nobody else will ever flush.
            ScheduleFlush();
            throw;
        }

        await WaitFor(SendWaitingAsync(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the caller give up waiting; the sending goes on.</summary>
    private static ValueTask WaitFor(ValueTask sending, CancellationToken cancellationToken)
    {
        if (sending.IsCompleted || !cancellationToken.CanBeCanceled)
        {
            return sending;
        }

        var task = sending.AsTask();
        task.MayBeGivenUp();
        return new(task.WaitAsync(cancellationToken));
    }

    /// <summary>
    /// Sends what waits, finishes sending behind the last frame, and gives up the turn that the caller holds.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendWaitingAsync()
    {
        var batch = TakeBatch(out var isLast);
        try
        {
            ThrowLost();
            if (batch is not null)
            {
                await connection.SendAsync(batch.Written, CancellationToken.None).ConfigureAwait(false);
            }

            if (isLast)
            {
                await connection.CompleteSendingAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref _lost, error, null);
            throw;
        }
        finally
        {
            batch?.Clear();
            Volatile.Write(ref _bytesUnderWay, 0);
            _turn.Release();
        }
    }

    private SendBuffer? TakeBatch(out bool isLast)
    {
        lock (_lock)
        {
            isLast = _completed;
            if (_waiting.Length == 0)
            {
                return null;
            }

            (_waiting, _spare) = (_spare, _waiting);
            _bytesUnderWay = _spare.Length;
            return _spare;
        }
    }
}
