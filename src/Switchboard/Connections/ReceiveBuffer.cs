namespace Switchboard.Connections;

/// <summary>
/// Bytes that were received and not yet consumed, in one piece. Invariants: a pooled buffer is held only while it holds
/// bytes; while more is waited for it is less than twice as long as they are, or small; the bytes in
/// <c>[_start, _end)</c> are received and not consumed.
/// </summary>
internal sealed class ReceiveBuffer
{
    // As much as one call to the kernel is worth. Held only from the moment when bytes are there.
    private const int RoomBytes = 64 * 1024;

    // What is not worth moving to save.
    private const int SmallBytes = 4096;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _wasFilled;

    public int Length => _end - _start;

    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    public ReadOnlySpan<byte> UnreadSpan => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether more is likely to be there already: the last receive filled all the room it had.</summary>
    public bool MayHaveMore => _wasFilled;

    public void Consume(int count) => _start += count;

    /// <summary>To be called before a wait that may be long: keeps no more memory than the bytes are worth.</summary>
    public void Shrink()
    {
        if (_buffer is null)
        {
            return;
        }

        if (_start == _end)
        {
            Release();
        }
        else if (_buffer.Length > SmallBytes && _buffer.Length > 2 * Length)
        {
            MoveTo(BufferPool.Rent(Length));
        }
    }

    /// <summary>Room for bytes behind those at hand; at least one.</summary>
    public Memory<byte> MakeRoom()
    {
        if (_buffer is null)
        {
            _buffer = BufferPool.Rent(RoomBytes);
        }
        else if (_buffer.Length < RoomBytes)
        {
            MoveTo(BufferPool.Rent(RoomBytes));
        }
        else if (_end == _buffer.Length)
        {
            // Doubling only what is already full keeps memory below twice what the peer really sent.
            MoveTo(Length > _buffer.Length / 2 ? BufferPool.Rent(_buffer.Length * 2) : _buffer);
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Bytes came into the room that was made last.</summary>
    public void Add(int count)
    {
        _end += count;
        _wasFilled = _end == _buffer!.Length;
    }

    /// <summary>Drops everything.</summary>
    public void Release()
    {
        if (_buffer is not null)
        {
            BufferPool.Return(_buffer);
            _buffer = null;
        }

        _start = 0;
        _end = 0;
    }

    private void MoveTo(byte[] target)
    {
        var length = Length;
        UnreadSpan.CopyTo(target);
        if (target != _buffer)
        {
            BufferPool.Return(_buffer!);
            _buffer = target;
        }

        _start = 0;
        _end = length;
    }
}
