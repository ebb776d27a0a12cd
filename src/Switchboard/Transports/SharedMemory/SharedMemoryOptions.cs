using System.Numerics;

namespace Switchboard;

/// <summary>How connections through shared memory work; see <see cref="SharedMemoryTransport"/>.</summary>
public sealed record SharedMemoryOptions
{
    private const int LeastBufferBytes = 4096;
    private const int MostBufferBytes = 64 * 1024 * 1024;

    /// <summary>
    /// How many bytes may be on their way in each direction. Both ends' memory is taken when the connection is made,
    /// and if their numbers differ the smaller one counts. A power of two, 4 KiB to 64 MiB; default 256 KiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no power of two, or too small or too large.</exception>
    public int BufferBytes { get; init => field = Checked(value); } = 256 * 1024;

    /// <summary>
    /// How long an operation that has to wait keeps looking before it sleeps. Waking a sleeper costs tens of
    /// microseconds; looking costs a processor all that time, and where handlers run on an engine's loop, the others on
    /// that loop. Without a second processor nobody looks. 0 to 1 millisecond; default zero, which sleeps at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 to 1 millisecond.</exception>
    public TimeSpan SpinBeforeSleep { get; init => field = Checked(value); }

    /// <summary>
    /// What says when a spin is over. Not the connections' clock: one that stands still would keep the loop for ever.
    /// </summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal static SharedMemoryOptions Default { get; } = new();

    internal static bool IsPossible(int bufferBytes) =>
        bufferBytes is >= LeastBufferBytes and <= MostBufferBytes && BitOperations.IsPow2(bufferBytes);

    private static int Checked(int bufferBytes) => IsPossible(bufferBytes)
        ? bufferBytes
        : throw new ArgumentOutOfRangeException(
            nameof(bufferBytes), bufferBytes, "It has to be a power of two from 4096 to 67108864, such as 262144.");

    private static TimeSpan Checked(TimeSpan spin)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spin, TimeSpan.FromMilliseconds(1));
        return spin;
    }
}
