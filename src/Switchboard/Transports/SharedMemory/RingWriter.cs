namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// The sender's end of a ring. Its own position is kept here and only told to the peer; the peer's is never believed
/// unchecked. Used by one caller at a time.
/// </summary>
internal sealed class RingWriter(RingMemory memory)
{
    private long _written;
    private long _taken;

    /// <summary>Writes as many bytes as there is room for, and returns how many.</summary>
    /// <exception cref="InvalidDataException">The peer's position is none.</exception>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(bytes.Length, Room(bytes.Length));
        if (count > 0)
        {
            memory.Put(_written, bytes[..count]);
            _written += count;
            Volatile.Write(ref memory.Written, _written);
        }

        return count;
    }

    /// <summary>Says that nothing more will be written.</summary>
    public void Finish() => Volatile.Write(ref memory.Finished, 1);

    /// <summary>Asks to be woken when there is room. Whoever sleeps then has to look once more before.</summary>
    public void Sleep()
    {
        Volatile.Write(ref memory.SenderSleeps, 1);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Needs no waking any more.</summary>
    public void StayAwake() => Volatile.Write(ref memory.SenderSleeps, 0);

    /// <summary>Whether the receiver sleeps and is to be woken, by whoever asks: it is told once.</summary>
    public bool TakeReceiversSleep()
    {
        // Between what was written and this look: otherwise both ends could miss each other.
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref memory.ReceiverSleeps) != 0
            && Interlocked.Exchange(ref memory.ReceiverSleeps, 0) != 0;
    }

    private int Room(int wanted)
    {
        var room = memory.Capacity - (int)(_written - _taken);
        if (room >= wanted)
        {
            return room;
        }

        var taken = Volatile.Read(ref memory.Taken);
        if (taken < _taken || taken > _written)
        {
            throw new InvalidDataException("its reading position moved to where it cannot be");
        }

        _taken = taken;
        return memory.Capacity - (int)(_written - taken);
    }
}
