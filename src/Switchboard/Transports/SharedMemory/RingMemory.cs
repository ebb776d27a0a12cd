namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// Where one ring's counters and bytes lie. The peer can write all of it at any moment, so each read may be answered
/// with anything: whoever reads a counter reads it once, and checks what it got.
/// </summary>
/// <remarks>
/// Sound as long as the memory is mapped: every address is one of a fixed few, or was made from a position that is
/// masked to lie within the ring.
/// </remarks>
internal readonly unsafe struct RingMemory
{
    /// <summary>What the counters of one ring take up.</summary>
    public const int CounterBytes = 2048;

    // Two cache lines each: processors fetch lines in pairs, and the ends would take them from each other.
    private const int Spacing = 128;

    private readonly byte* _counters;
    private readonly byte* _bytes;

    /// <param name="counters">Of <see cref="CounterBytes"/>, aligned to 8 bytes, and zero in the beginning.</param>
    /// <param name="bytes">The ring's own.</param>
    /// <param name="capacity">How many; a power of two.</param>
    public RingMemory(byte* counters, byte* bytes, int capacity)
    {
        _counters = counters;
        _bytes = bytes;
        Capacity = capacity;
    }

    public int Capacity { get; }

    /// <summary>How many bytes the sender has written since the beginning.</summary>
    public ref long Written => ref *(long*)_counters;

    /// <summary>How many bytes the receiver has taken since the beginning.</summary>
    public ref long Taken => ref *(long*)(_counters + Spacing);

    /// <summary>Not 0 once the sender has written its last byte.</summary>
    public ref int Finished => ref *(int*)(_counters + (2 * Spacing));

    /// <summary>Not 0 while the receiver wants to be woken when there are bytes, or the end.</summary>
    public ref int ReceiverSleeps => ref *(int*)(_counters + (3 * Spacing));

    /// <summary>Not 0 while the sender wants to be woken when there is room.</summary>
    public ref int SenderSleeps => ref *(int*)(_counters + (4 * Spacing));

    /// <param name="position">Counted from the beginning of all.</param>
    /// <param name="bytes">At most as many as the ring holds.</param>
    public void Put(long position, ReadOnlySpan<byte> bytes)
    {
        var first = Math.Min(bytes.Length, Capacity - IndexOf(position));
        bytes[..first].CopyTo(new Span<byte>(_bytes + IndexOf(position), first));
        bytes[first..].CopyTo(new Span<byte>(_bytes, Capacity));
    }

    /// <inheritdoc cref="Put"/>
    public void Get(long position, Span<byte> bytes)
    {
        var first = Math.Min(bytes.Length, Capacity - IndexOf(position));
        new ReadOnlySpan<byte>(_bytes + IndexOf(position), first).CopyTo(bytes);
        new ReadOnlySpan<byte>(_bytes, bytes.Length - first).CopyTo(bytes[first..]);
    }

    private int IndexOf(long position) => (int)(position & (Capacity - 1));
}
