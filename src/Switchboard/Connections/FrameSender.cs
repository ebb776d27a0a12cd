using System.Runtime.CompilerServices;

namespace Switchboard.Connections;

/// <summary>
/// Collects encoded frames and sends them in batches. Invariants: frames are encoded under the lock, so each lies
/// whole in <c>_waiting</c>; only the holder of <c>_turn</c> sends, and it empties <c>_waiting</c> in order. After a
/// batch was lost nothing more is taken.
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
        if (!TryTakeBatch(out var batch))
        {
            return WaitThenFlushAsync(cancellationToken);
        }

        return WaitFor(SendAsync(batch), cancellationToken);
    }

    /// <summary>
    /// Starts sending what waits: at once, or behind the send that runs, without a wait of its own. Otherwise a peer
    /// that takes nothing could fill our memory with waiting flushes, one for each frame that it sends.
    /// </summary>
    public ValueTask StartFlush()
    {
        if (TryTakeBatch(out var batch))
        {
            return SendAsync(batch);
        }

        ScheduleFlush();
        return default;
    }

    /// <summary>
    /// Flushes what may still go out. A failure is not lost: the next send or flush throws it.
    /// </summary>
    public Task FlushQuietlyAsync() => EndQuietlyAsync(FlushAsync(CancellationToken.None));

    void IThreadPoolWorkItem.Execute()
    {
        if (!TryTakeScheduled(out var batch))
        {
            _ = FlushScheduledAsync();
        }
        else if (batch is { } waiting)
        {
            _ = EndQuietlyAsync(SendAsync(waiting));
        }
    }

    /// <summary>
    /// Takes the turn if it is free, and with it what waits. The batch is null, and the turn free, if nothing is left
    /// to do: most handlers have waited by now, and what they had sent went out then.
    /// </summary>
    private bool TryTakeScheduled(out Batch? batch)
    {
        batch = null;
        lock (_lock)
        {
            if (!_turn.TryTake())
            {
                return false;
            }

            Volatile.Write(ref _flushScheduled, 0);
            if (_waiting.Length == 0 && !_completed)
            {
                _turn.Release();
            }
            else
            {
                batch = TakeBatch();
            }

            return true;
        }
    }

    private async Task FlushScheduledAsync()
    {
        await TakeTurnAsync(CancellationToken.None).ConfigureAwait(false);

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
            await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Completes when the turn is the caller's.</summary>
    private Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource mine;
        lock (_lock)
        {
            if (_turn.TryTake())
            {
                return Task.CompletedTask;
            }

            mine = _turn.Queue();
        }

        return cancellationToken.CanBeCanceled ? WaitAsync(mine, cancellationToken) : mine.Task;
    }

    private static async Task WaitAsync(TaskCompletionSource mine, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(
            static (waits, token) => ((TaskCompletionSource)waits!).TrySetCanceled(token), mine);
        await using (registration.ConfigureAwait(false))
        {
            await mine.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Takes the turn if it is free, and with it what waits.</summary>
    private bool TryTakeBatch(out Batch batch)
    {
        lock (_lock)
        {
            var isMine = _turn.TryTake();
            batch = isMine ? TakeBatch() : default;
            return isMine;
        }
    }

    /// <summary>Sends what waits, for whoever holds the turn.</summary>
    private ValueTask SendWaitingAsync()
    {
        Batch batch;
        lock (_lock)
        {
            batch = TakeBatch();
        }

        return SendAsync(batch);
    }

    private Batch TakeBatch()
    {
        if (_waiting.Length == 0)
        {
            return new Batch(Frames: null, IsLast: _completed);
        }

        (_waiting, _spare) = (_spare, _waiting);
        _bytesUnderWay = _spare.Length;
        return new Batch(_spare, IsLast: _completed);
    }

    /// <summary>
    /// Sends a batch, finishes sending behind the last frame, and gives up the turn that the caller holds.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(Batch batch)
    {
        try
        {
            ThrowLost();
            if (batch.Frames is { } frames)
            {
                await connection.SendAsync(frames.Written, CancellationToken.None).ConfigureAwait(false);
            }

            if (batch.IsLast)
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
            batch.Frames?.Clear();
            LeaveTurn();
        }
    }

    private void LeaveTurn()
    {
        lock (_lock)
        {
            _bytesUnderWay = 0;
            _turn.Release();
        }
    }

    /// <param name="Frames">Null for none.</param>
    /// <param name="IsLast">Whether sending is finished behind it.</param>
    private readonly record struct Batch(SendBuffer? Frames, bool IsLast);
}
