namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// The receiver's end of a ring. Bytes are copied out of it, never handed out in place: the peer could change them
/// behind whoever looks. Used by one caller at a time.
/// </summary>
internal sealed class RingReader(RingMemory memory)
{
    private long _taken;
    private long _written;

    /// <summary>Whether the sender has said that it wrote its last byte. To be asked before what is there.</summary>
    public bool IsFinished => Volatile.Read(ref memory.Finished) != 0;

    /// <exception cref="InvalidDataException">The peer's position is none.</exception>
    public bool HasBytes => Available(wanted: 1) > 0;

    /// <summary>Takes as many bytes as there are, and returns how many.</summary>
    /// <exception cref="InvalidDataException">The peer's position is none.</exception>
    public int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, Available(buffer.Length));
        if (count > 0)
        {
            memory.Get(_taken, buffer[..count]);
            _taken += count;
            Volatile.Write(ref memory.Taken, _taken);
        }

        return count;
    }

    /// <summary>Asks to be woken when there is something. Whoever sleeps then has to look once more before.</summary>
    public void Sleep()
    {
        Volatile.Write(ref memory.ReceiverSleeps, 1);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Needs no waking any more.</summary>
    public void StayAwake() => Volatile.Write(ref memory.ReceiverSleeps, 0);

    /// <summary>
    /// Whether the sender sleeps and is to be woken, by whoever asks: it is told once, and not before half of the ring
    /// is free, since waking it for every few bytes would cost more than they do.
    /// </summary>
    public bool TakeSendersSleep()
    {
        // Between what was taken and this look: otherwise both ends could miss each other.
        Interlocked.MemoryBarrier();
        return _written - _taken <= memory.Capacity / 2
            && Volatile.Read(ref memory.SenderSleeps) != 0
            && Interlocked.Exchange(ref memory.SenderSleeps, 0) != 0;
    }

    private int Available(int wanted)
    {
        var available = (int)(_written - _taken);
        if (available >= wanted)
        {
            return available;
        }

        var written = Volatile.Read(ref memory.Written);
        if (written < _written || written - _taken > memory.Capacity)
        {
            throw new InvalidDataException("its writing position moved to where it cannot be");
        }

        _written = written;
        return (int)(written - _taken);
    }
}
