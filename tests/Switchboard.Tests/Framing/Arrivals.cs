namespace Switchboard.Tests;

/// <summary>The ways in which the same bytes can arrive.</summary>
internal static class Arrivals
{
    /// <summary>In two pieces, cut at every place (either may be empty), and byte by byte.</summary>
    public static IEnumerable<byte[][]> OfEveryKind(byte[] bytes)
    {
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            yield return [bytes[..cut], bytes[cut..]];
        }

        yield return ByteByByte(bytes);
    }

    public static byte[][] ByteByByte(byte[] bytes)
    {
        return [.. bytes.Select(value => new[] { value })];
    }

    /// <summary>In pieces of 0 to 7 bytes.</summary>
    public static IEnumerable<byte[]> InPieces(byte[] bytes, Random random)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(random.Next(8), bytes.Length - start);
            yield return bytes[start..(start + length)];
            start += length;
        }
    }
}
