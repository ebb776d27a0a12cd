namespace Switchboard.Testing.Conformance;

/// <summary>Bytes that tell where they belong: any lost, doubled or exchanged byte makes a difference.</summary>
internal static class Pattern
{
    /// <summary>The same bytes for the same seed, every time.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        var state = unchecked((uint)seed * 2654435761u) | 1;
        for (var i = 0; i < count; i++)
        {
            // A linear congruential generator; its high bits are the good ones.
            state = unchecked((state * 1664525) + 1013904223);
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }

    public static string DescribeDifference(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> seen)
    {
        var same = expected.CommonPrefixLength(seen);
        return same == Math.Min(expected.Length, seen.Length)
            ? $"{seen.Length} bytes, right as far as they go"
            : $"{seen.Length} bytes, the one at {same} being {seen[same]:X2} instead of {expected[same]:X2}";
    }
}
