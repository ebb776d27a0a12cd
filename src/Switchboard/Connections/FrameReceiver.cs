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
    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(FrameSender sender, CancellationToken cancellationToken)
    {
        TakeTurn();
        bool found;
        ReadOnlyMemory<byte> frame;
        try
        {
            found = TryFind(out frame);
        }
        catch
        {
            _turn.Release();
            throw;
        }

        if (!found)
        {
            return WaitForFrameAsync(sender, cancellationToken);
        }

        _turn.Release();
        return new(frame);
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

    private void TakeTurn()
    {
        if (!_turn.TryTake())
        {
            throw _turn.IsClosed
                ? Disposed()
                : new InvalidOperationException($"{connection}: two receives at once. Wait for the first to end.");
        }
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

        try
        {
            return _decoder.TryDecode(_bytes.UnreadSpan, out var bounds)
                && Lend(bounds, out frame);
        }
        catch (FramingException error)
        {
            throw Broken(error);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>?> WaitForFrameAsync(
        FrameSender sender,
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
                    return frame;
                }
            }

            return null;
        }
        finally
        {
            _turn.Release();
        }
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
        try
        {
            if (!_decoder.TryDecodeLast(_bytes.UnreadSpan, out var bounds))
            {
                return null;
            }

            Lend(bounds, out var frame);
            return frame;
        }
        catch (FramingException error)
        {
            throw Broken(error);
        }
    }

    private bool Lend(FrameBounds bounds, out ReadOnlyMemory<byte> frame)
    {
        ThrowIfOutside(bounds);
        frame = _bytes.Unread.Slice(bounds.Start, bounds.Length);
        _lent = bounds.Consumed;
        connection.NoteWholeFrame(_bytes.Length - _lent);
        return true;
    }

    // A decoder from outside could have us read elsewhere, or find the same frame for ever.
    private void ThrowIfOutside(FrameBounds bounds)
    {
        var lies = bounds.Start >= 0 && bounds.Length >= 0
            && (long)bounds.Start + bounds.Length <= bounds.Consumed
            && bounds.Consumed <= _bytes.Length;
        var advances = bounds.Consumed > 0 || _finished;
        if (!lies || !advances)
        {
            throw new InvalidOperationException(
                $"{_decoder.GetType().Name} was shown {_bytes.Length} bytes and found a frame in others: {bounds}.");
        }
    }

    private void TakeBack()
    {
        _bytes.Consume(_lent);
        _lent = 0;
    }

    private ObjectDisposedException Disposed() =>
        new(nameof(FramedConnection), $"The frames of {connection} were disposed.");

    private FramingException Broken(FramingException error)
    {
        _broken = error;
        connection.NoteCause(EndReason.ProtocolError, error);
        return error;
    }
}
