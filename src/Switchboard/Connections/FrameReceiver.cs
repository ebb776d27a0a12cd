using System.Runtime.CompilerServices;

namespace Switchboard.Connections;

/// <summary>
/// Turns received bytes into frames. Invariants: only the holder of <c>_turn</c> touches the bytes; a frame that is
/// lent lies at their start, and is consumed when it is taken back.
/// </summary>
internal sealed class FrameReceiver(Connection connection, Framing framing)
{
    private readonly FrameDecoder _decoder = framing.CreateDecoder();
    private readonly Turn _turn = new();
    private readonly ReceiveBuffer _bytes = new();
    private int _lent;
    private bool _finished;
    private FramingException? _broken;
    private int _released;

    /// <summary>Whether bytes lie behind the frame that is lent: a sender may count on another receive soon.</summary>
    public bool HasMore => _bytes.Length > _lent;

    /// <summary>Takes the lent frame back and gives the next: from the bytes at hand, or it waits for more.</summary>
    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(FrameSender sender, CancellationToken cancellationToken) =>
        TryBegin(out var frame) ? new(frame) : WaitForFrameAsync(sender, static frame => frame, cancellationToken);

    /// <summary>
    /// Begins a receive, and ends it if a frame is at hand; if not, <see cref="WaitForFrameAsync{T}"/> has to follow.
    /// </summary>
    public bool TryBegin(out ReadOnlyMemory<byte> frame)
    {
        if (!_turn.TryTake())
        {
            throw TurnedAway();
        }

        try
        {
            if (!TryFind(out frame))
            {
                return false;
            }
        }
        catch (Exception error)
        {
            NoteFailure(error);
            _turn.Release();
            throw;
        }

        _turn.Release();
        return true;
    }

    /// <summary>Ends a receive that was begun and has found no frame at hand.</summary>
    /// <param name="sender">Lets held frames go before it waits.</param>
    /// <param name="show">Is shown the frame, or null at the end, and turns it into what the caller asked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T> WaitForFrameAsync<T>(
        FrameSender sender,
        Func<ReadOnlyMemory<byte>?, T> show,
        CancellationToken cancellationToken)
    {
        try
        {
            FlushFirst(sender);
            while (!_finished)
            {
                if (!_bytes.MayHaveMore)
                {
                    _bytes.Shrink();
                    await connection.ReceiveAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
                }

                var count = await connection.ReceiveAsync(_bytes.MakeRoom(), cancellationToken).ConfigureAwait(false);
                if (TakeIn(count) is { } frame)
                {
                    return show(frame);
                }
            }

            return show(null);
        }
        catch (Exception error)
        {
            NoteFailure(error);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Gives unread bytes back to the connection and the buffer to the pool: at once, or when a receive that runs has
    /// ended, because until then its bytes may still arrive in that buffer.
    /// </summary>
    public void Release()
    {
        // Two who dispose at once would both be let in once it is free, and give the same buffer back twice.
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            _ = ReleaseAsync();
        }
    }

    private async Task ReleaseAsync()
    {
        await _turn.CloseAsync().ConfigureAwait(false);
        TakeBack();
        connection.GiveBack(_bytes.UnreadSpan);
        _bytes.Release();
        connection.NotePartialFrame(0);
    }

    private bool TryFind(out ReadOnlyMemory<byte> frame)
    {
        TakeBack();
        frame = default;
        if (_broken is not null)
        {
            throw _broken;
        }

        if (_bytes.Length == 0 || _finished)
        {
            return false;
        }

        if (!_decoder.TryDecode(_bytes.UnreadSpan, out var bounds))
        {
            return false;
        }

        frame = Lend(bounds);
        return true;
    }

    /// <summary>The frame that the bytes have completed; null when more are needed, or the peer has finished.</summary>
    private ReadOnlyMemory<byte>? TakeIn(int count)
    {
        _bytes.Add(count);
        if (_turn.IsClosed)
        {
            throw Disposed();
        }

        if (count == 0)
        {
            return FinishReceiving();
        }

        if (TryFind(out var frame))
        {
            return frame;
        }

        connection.NotePartialFrame(_bytes.Length);
        return null;
    }

    /// <summary>
    /// Lets held frames go, but does not wait until there is room for them: if the peer did the same, each end would
    /// wait for the other to receive. Whoever sends more than there is room for waits in the sends.
    /// </summary>
    private static void FlushFirst(FrameSender sender)
    {
        var flushing = sender.StartFlush();
        if (!flushing.IsCompleted)
        {
            flushing.AsTask().MayBeGivenUp();
            return;
        }

        try
        {
            flushing.GetAwaiter().GetResult();
        }
        catch (ConnectionException)
        {
            // What the peer had sent before may still be here; behind it the receive throws the same.
        }
    }

    private ReadOnlyMemory<byte>? FinishReceiving()
    {
        _finished = true;
        if (_decoder.TryDecodeLast(_bytes.UnreadSpan, out var bounds))
        {
            return Lend(bounds);
        }

        return null;
    }

    private ReadOnlyMemory<byte> Lend(FrameBounds bounds)
    {
        if (!IsPossible(bounds))
        {
            throw Impossible(bounds);
        }

        _lent = bounds.Consumed;
        connection.NoteWholeFrame(_bytes.Length - _lent);
        return _bytes.Unread.Slice(bounds.Start, bounds.Length);
    }

    // A decoder from outside could have us read elsewhere, or find the same frame for ever.
    private bool IsPossible(FrameBounds bounds)
    {
        var lies = bounds.Start >= 0 && bounds.Length >= 0
            && (long)bounds.Start + bounds.Length <= bounds.Consumed
            && bounds.Consumed <= _bytes.Length;
        return lies && (bounds.Consumed > 0 || _finished);
    }

    private InvalidOperationException Impossible(FrameBounds bounds) => new(
        $"{_decoder.GetType().Name} was shown {_bytes.Length} bytes and found a frame in others: {bounds}.");

    private void TakeBack()
    {
        _bytes.Consume(_lent);
        _lent = 0;
    }

    private Exception TurnedAway() => _turn.IsClosed
        ? Disposed()
        : new InvalidOperationException($"{connection}: two receives at once. Wait for the first to end.");

    private ObjectDisposedException Disposed() =>
        new(nameof(FramedConnection), $"The frames of {connection} were disposed.");

    private void NoteFailure(Exception error)
    {
        if (error is FramingException broken)
        {
            _broken = broken;
            connection.NoteCause(EndReason.ProtocolError, broken);
        }
    }
}
