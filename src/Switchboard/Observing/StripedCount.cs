namespace Switchboard.Observing;

/// <summary>A count to which many threads add at once: each processor has a place of its own to add to.</summary>
internal sealed class StripedCount
{
    // Two cache lines each, since processors fetch lines in pairs.
    private const int Spacing = 128 / sizeof(long);

    private static readonly int Stripes = Math.Min(64, Environment.ProcessorCount);

    // The first place stays empty: the array's length lies beside it, which everybody reads.
    private readonly long[] _counts = new long[(Stripes + 1) * Spacing];

    public void Add(long count) =>
        Interlocked.Add(ref _counts[((Thread.GetCurrentProcessorId() % Stripes) + 1) * Spacing], count);

    public long Read()
    {
        var sum = 0L;
        for (var place = Spacing; place < _counts.Length; place += Spacing)
        {
            sum += Interlocked.Read(ref _counts[place]);
        }

        return sum;
    }
}
