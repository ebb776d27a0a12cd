using Switchboard.Datagrams;

namespace Switchboard;

/// <summary>
/// Datagrams that are received or sent together, in memory of its own that is used again and again. Not to be touched
/// while a socket uses it.
/// </summary>
public sealed class DatagramBatch
{
    // As much as a kernel joins into one when it may: no datagram is larger.
    internal const int JoinedBytes = 64 * 1024;

    private const int MaxBatchBytes = 1 << 30;

    private BatchItem[] _items;
    private int _used;

    /// <param name="maxDatagrams">How many it holds at least. At least 1; default 64.</param>
    /// <param name="maxDatagramBytes">
    /// Received datagrams of this size arrive whole; longer ones may be truncated, and say so. 1 to 65535; default
    /// 2048.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Not within these, or more than a gigabyte together.</exception>
    public DatagramBatch(int maxDatagrams = 64, int maxDatagramBytes = 2048)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDatagrams, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDatagramBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDatagramBytes, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDatagrams, MaxBatchBytes / maxDatagramBytes);
        MaxDatagrams = maxDatagrams;
        MaxDatagramBytes = maxDatagramBytes;
        _items = new BatchItem[maxDatagrams];

        // Pinned: the kernel is given addresses of many places in it at once.
        Memory = GC.AllocateUninitializedArray<byte>(
            Math.Max(JoinedBytes, maxDatagrams * maxDatagramBytes), pinned: true);
    }

    /// <summary>How many it holds at least; a receive may bring more, if the kernel has joined small ones.</summary>
    public int MaxDatagrams { get; }

    /// <summary>Received datagrams of this size arrive whole.</summary>
    public int MaxDatagramBytes { get; }

    /// <summary>How many it holds.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them were sent by the last send; fewer than <see cref="Count"/> if it has failed.</summary>
    public int Sent { get; internal set; }

    internal byte[] Memory { get; }

    internal int Slots => MaxDatagrams;

    internal int JoinedSlots => Memory.Length / JoinedBytes;

    /// <summary>One datagram's bytes, valid until the batch is used for something else.</summary>
    public ReadOnlyMemory<byte> this[int index]
    {
        get
        {
            var item = Checked(index);
            return Memory.AsMemory(item.Offset, item.Length);
        }
    }

    /// <summary>What is known of one datagram; of one that was added, where it goes to.</summary>
    public ReceivedDatagram Describe(int index)
    {
        var item = Checked(index);
        return new(
            item.Length, item.Address ?? default, item.OriginalLength != item.Length,
            item.OriginalLength < item.Length ? null : item.OriginalLength);
    }

    /// <summary>Adds a datagram for the peer of a connected socket.</summary>
    /// <returns>Whether there was room for it.</returns>
    public bool TryAdd(ReadOnlySpan<byte> bytes) =>
        TryAdd(bytes, (DatagramAddress?)null);

    /// <summary>Adds a datagram for anybody, to be sent by a bound socket.</summary>
    /// <param name="bytes">Copied.</param>
    /// <param name="destination">Where to.</param>
    /// <returns>Whether there was room for it.</returns>
    public bool TryAdd(ReadOnlySpan<byte> bytes, DatagramAddress destination) =>
        TryAdd(bytes, (DatagramAddress?)destination);

    /// <summary>Makes it empty.</summary>
    public void Clear()
    {
        Count = 0;
        Sent = 0;
        _used = 0;
    }

    internal ref readonly BatchItem ItemAt(int index) => ref _items[index];

    internal Memory<byte> SlotAt(int slot) => Memory.AsMemory(slot * MaxDatagramBytes, MaxDatagramBytes);

    internal void AddReceived(int slot, ReceivedDatagram received) => AddReceived(
        slot * MaxDatagramBytes, received.Length, received.OriginalLength ?? BatchItem.Unknown, received.From);

    internal void AddReceived(int offset, int length, int originalLength, DatagramAddress from) =>
        Append(new BatchItem(offset, length, originalLength, from));

    /// <summary>Datagrams of one size to one address that lie next to each other; the last may be shorter.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="maxCount">The most of them; one always fits.</param>
    /// <param name="maxEach">The most bytes of each, if there are several.</param>
    /// <param name="maxBytes">The most bytes of several together.</param>
    /// <returns>How many, and their bytes together.</returns>
    internal (int Count, int Bytes) RunAt(int first, int maxCount, int maxEach, int maxBytes)
    {
        var size = _items[first].Length;
        var count = 1;
        var bytes = size;
        var most = Math.Min(maxCount, Count - first);
        while (count < most && size > 0 && size <= maxEach && bytes == count * size)
        {
            ref readonly var next = ref _items[first + count];
            if (next.Length == 0 || next.Length > size || next.Offset != _items[first].Offset + bytes
                || bytes + next.Length > maxBytes || next.Address != _items[first].Address)
            {
                break;
            }

            bytes += next.Length;
            count++;
        }

        return (count, bytes);
    }

    /// <summary>Takes over what another batch holds from an index on, as far as there is room.</summary>
    /// <returns>How many were taken.</returns>
    internal int Take(DatagramBatch other, int from)
    {
        var taken = 0;
        for (; from + taken < other.Count; taken++)
        {
            ref readonly var item = ref other.ItemAt(from + taken);
            if (!TryAdd(other.Memory.AsSpan(item.Offset, item.Length), item.Address))
            {
                break;
            }

            _items[Count - 1] = _items[Count - 1] with { OriginalLength = item.OriginalLength };
        }

        return taken;
    }

    private bool TryAdd(ReadOnlySpan<byte> bytes, DatagramAddress? destination)
    {
        if (Count >= MaxDatagrams || bytes.Length > Memory.Length - _used)
        {
            return false;
        }

        bytes.CopyTo(Memory.AsSpan(_used));
        Append(new BatchItem(_used, bytes.Length, bytes.Length, destination));
        return true;
    }

    private void Append(BatchItem item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, _items.Length * 2);
        }

        _items[Count++] = item;
        _used = item.Offset + item.Length;
    }

    private BatchItem Checked(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _items[index];
    }
}
