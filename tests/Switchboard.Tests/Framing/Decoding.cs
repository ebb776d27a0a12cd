namespace Switchboard.Tests;

/// <summary>Does what a connection does for its decoder: keeps the bytes that were not consumed in one block.</summary>
internal static class Decoding
{
    /// <summary>Shows the arrivals to a new decoder one by one, then the end of the connection.</summary>
    public static Decoded DecodeAll(Framing framing, params IEnumerable<byte[]> arrivals)
    {
        var decoder = framing.CreateDecoder();
        var frames = new List<byte[]>();
        byte[] block = [];
        try
        {
            foreach (var arrival in arrivals)
            {
                block = [.. block, .. arrival];
                while (decoder.TryDecode(block, out var found))
                {
                    frames.Add(Take(found, ref block));
                }
            }

            if (decoder.TryDecodeLast(block, out var last))
            {
                frames.Add(Take(last, ref block));
                Assert.False(decoder.TryDecodeLast(block, out _));
            }

            return new Decoded(frames, Error: null);
        }
        catch (FramingException error)
        {
            return new Decoded(frames, error);
        }
    }

    private static byte[] Take(FrameBounds found, ref byte[] block)
    {
        Assert.InRange(found.Consumed, found.Start + found.Length, block.Length);
        var frame = block[found.Start..(found.Start + found.Length)];
        block = block[found.Consumed..];
        return frame;
    }
}
