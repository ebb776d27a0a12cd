using System.Runtime.CompilerServices;

namespace Switchboard.Connections;

/// <summary>
/// Turns received bytes into frames. Invariant: a buffer is held only while it holds bytes, or a frame of it is lent;
/// the bytes in <c>[_start, _end)</c> are received and not consumed.
/// </summary>
internal sealed class FrameReceiver(Connection connection, Framing framing)
{
    private const int FirstBufferBytes = 4096;

    private readonly FrameDecoder _decoder = framing.CreateDecoder();
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private int _lent;
    private bool _finished;
    private FramingException? _broken;

    /// <summary>Whether bytes lie behind the frame that is lent: a sender may count on another receive soon.</summary>
    public bool HasMore => _end - _start > _lent;

    /// <summary>Takes the lent frame back and looks for the next in the bytes at hand.</summary>
    public bool TryReceiveNow(out ReadOnlyMemory<byte> frame)
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

    /// <summary>Waits for bytes until they hold a frame.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(FrameSender sender, CancellationToken cancellationToken)
    {
        // Not waited for: if the peer did the same, both ends would wait for the other to receive. A sender that gets
        // ahead waits in its own calls.
        _ = sender.FlushQuietlyAsync();
        while (!_finished)
        {
            await WaitForBytesAsync(cancellationToken).ConfigureAwait(false);
            var free = MakeRoom();
            var count = await connection.ReceiveAsync(free, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return FinishReceiving();
            }

            _end += count;
            if (TryReceiveNow(out var frame))
            {
                return frame;
            }

            connection.NotePartialFrame(_end - _start);
        }

        return null;
    }

    /// <summary>Gives unread bytes back to the connection and the buffer to the pool.</summary>
    public void Release()
    {
        TakeBack();
        if (_buffer is not null)
        {
            connection.GiveBack(_buffer.AsSpan(_start, _end - _start));
            ReturnBuffer();
        }

        connection.NotePartialFrame(0);
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
        frame = _buffer.AsMemory(_start + bounds.Start, bounds.Length);
        _lent = bounds.Consumed;
        connection.NoteWholeFrame(_end - _start - _lent);
        return true;
    }

    private void TakeBack()
    {
        _start += _lent;
        _lent = 0;
    }

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
