namespace Switchboard.Engines.Epoll;

/// <summary>A descriptor and a number that comes again only after four billion others.</summary>
/// <param name="Bits">The number in the upper half, the descriptor in the lower.</param>
internal readonly record struct PolledKey(ulong Bits)
{
    private static int _lastGeneration;

    public int Descriptor => (int)(uint)Bits;

    public static PolledKey New(int descriptor) =>
        new(((ulong)(uint)Interlocked.Increment(ref _lastGeneration) << 32) | (uint)descriptor);
}
