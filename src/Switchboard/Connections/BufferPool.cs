using System.Buffers;
using System.Diagnostics;

namespace Switchboard.Connections;

/// <summary>
/// The one door to pooled buffers. The caller of <see cref="Rent"/> owns the buffer until it calls
/// <see cref="Return"/>, exactly once: a buffer returned twice would be rented to two owners.
/// </summary>
internal static class BufferPool
{
    private static long _rented;

    /// <summary>
    /// How many buffers are out; 0 when nothing holds any. Counted in debug builds alone, for tests: in others it would
    /// be one word that all processors write, four times for each frame that comes alone.
    /// </summary>
    public static long Rented => Interlocked.Read(ref _rented);

    public static byte[] Rent(int minimumBytes)
    {
        Count(1);
        return ArrayPool<byte>.Shared.Rent(minimumBytes);
    }

    public static void Return(byte[] buffer)
    {
        Count(-1);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    [Conditional("DEBUG")]
    private static void Count(int change) => Interlocked.Add(ref _rented, change);
}
