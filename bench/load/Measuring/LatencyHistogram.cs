using System.Numerics;

namespace Switchboard.Bench.Load.Measuring;

/// <summary>
/// Counts times in buckets that grow with the time: 128 to each doubling, so that a value read from it is at most 0.8 %
/// above the true one. Recording allocates nothing.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int BucketBits = 7;
    private const int Buckets = 1 << BucketBits;

    private readonly long[] _counts = new long[(64 - BucketBits) * Buckets];

    public long Count { get; private set; }

    public void Record(long nanoseconds)
    {
        _counts[IndexOf(Math.Max(nanoseconds, 0))]++;
        Count++;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <param name="part">From 0 to 1: 0.99 asks what 99 % did not exceed.</param>
    /// <returns>In nanoseconds; 0 when nothing was recorded.</returns>
    public long Percentile(double part)
    {
        var left = (long)Math.Ceiling(Count * part);
        for (var index = 0; index < _counts.Length && Count > 0; index++)
        {
            left -= _counts[index];
            if (left <= 0 && _counts[index] > 0)
            {
                return HighestOf(index);
            }
        }

        return 0;
    }

    // Below two times Buckets a bucket is one nanosecond wide; from there on each doubling has Buckets of them.
    private static int IndexOf(long value)
    {
        var shift = Math.Max(BitOperations.Log2((ulong)value) - BucketBits, 0);
        return (shift << BucketBits) + (int)(value >> shift);
    }

    private static long HighestOf(int index)
    {
        var shift = Math.Max((index >> BucketBits) - 1, 0);
        return ((index - ((long)shift << BucketBits) + 1) << shift) - 1;
    }
}
