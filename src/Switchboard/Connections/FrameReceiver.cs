using System.Runtime.CompilerServices;

namespace Switchboard.Connections;

/// <summary>
/// Turns received bytes into frames. Invariants: a buffer is held only while it holds bytes, or a frame of it is lent;
/// the bytes in <c>[_start, _end)</c> are received and not consumed; only the holder of <c>_turn</c> touches either.
/// </summary>
internal sealed class FrameReceiver(Connection connection, Framing framing)
{
    private const int FirstBufferBytes = 4096;

    private readonly FrameDecoder _decoder = framing.CreateDecoder();
    private readonly Turn _turn = new();
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private int _lent;
    private bool _finished;
    private FramingException? _broken;
    private int _released;

    /// <summary>Whether bytes lie behind the frame that is lent: a sender may count on another receive soon.</summary>
    public bool HasMore => _end - _start > _lent;

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
        if (_buffer is not null)
        {
            connection.GiveBack(_buffer.AsSpan(_start, _end - _start));
            ReturnBuffer();
        }

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

        if (_start == _end || _finished)
        {
            return false;
        }

        try
        {
            return _decoder.TryDecode(_buffer.AsSpan(_start, _end - _start), out var bounds)
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
            return await ReceiveFrameAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>?> ReceiveFrameAsync(CancellationToken cancellationToken)
    {
        while (!_finished)
        {
            await WaitForBytesAsync(cancellationToken).ConfigureAwait(false);
            var count = await connection.ReceiveAsync(MakeRoom(), cancellationToken).ConfigureAwait(false);
            _end += count;
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

            connection.NotePartialFrame(_end - _start);
        }

        return null;
    }

    private ValueTask<int> WaitForBytesAsync(CancellationToken cancellationToken)
    {
        if (_start != _end)
        {
            return default;
        }

        ReturnBuffer();
        return connection.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
    }

    private Memory<byte> MakeRoom()
    {
        var unread = _end - _start;
        if (_buffer is null)
        {
            _buffer = BufferPool.Rent(FirstBufferBytes);
        }
        else if (_end == _buffer.Length)
        {
            // Doubling only what is already full keeps memory below twice what the peer really sent.
            var target = unread > _buffer.Length / 2 ? BufferPool.Rent(_buffer.Length * 2) : _buffer;
            _buffer.AsSpan(_start, unread).CopyTo(target);
            if (target != _buffer)
            {
                BufferPool.Return(_buffer);
                _buffer = target;
            }

            _start = 0;
            _end = unread;
        }

        return _buffer.AsMemory(_end);
    }

    private ReadOnlyMemory<byte>? FinishReceiving()
    {
        _finished = true;
        try
        {
            if (!_decoder.TryDecodeLast(_buffer.AsSpan(_start, _end - _start), out var bounds))
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
        frame = _buffer.AsMemory(_start + bounds.Start, bounds.Length);
        _lent = bounds.Consumed;
        connection.NoteWholeFrame(_end - _start - _lent);
        return true;
    }

    // A decoder from outside could have us read elsewhere, or find the same frame for ever.
    private void ThrowIfOutside(FrameBounds bounds)
    {
        var lies = bounds.Start >= 0 && bounds.Length >= 0
            && (long)bounds.Start + bounds.Length <= bounds.Consumed
            && bounds.Consumed <= _end - _start;
        var advances = bounds.Consumed > 0 || _finished;
        if (!lies || !advances)
        {
            throw new InvalidOperationException(
                $"{_decoder.GetType().Name} was shown {_end - _start} bytes and found a frame in others: {bounds}.");
        }
    }

    private void TakeBack()
    {
        _start += _lent;
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

    private void ReturnBuffer()
    {
        if (_buffer is not null)
        {
            BufferPool.Return(_buffer);
            _buffer = null;
        }

        _start = 0;
        _end = 0;
    }
}
