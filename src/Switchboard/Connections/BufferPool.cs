using System.Buffers;

namespace Switchboard.Connections;

/// <summary>
/// The one door to pooled buffers. The caller of <see cref="Rent"/> owns the buffer until it calls
/// <see cref="Return"/>, exactly once: a buffer returned twice would be rented to two owners.
/// </summary>
internal static class BufferPool
{
    private static long _rented;

    /// <summary>How many buffers are out; 0 when nothing holds any.</summary>
    public static long Rented => Interlocked.Read(ref _rented);

    public static byte[] Rent(int minimumBytes)
    {
        Interlocked.Increment(ref _rented);
        return ArrayPool<byte>.Shared.Rent(minimumBytes);
    }

    public static void Return(byte[] buffer)
    {
        Interlocked.Decrement(ref _rented);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
