namespace Switchboard.Tests;

/// <summary>The framings with a search in them, once more: too slow to use and too simple to be wrong.</summary>
internal static class NaiveSearch
{
    public static string Lines(int maxBytes, byte[] bytes)
    {
        var frames = new List<byte[]>();
        while (true)
        {
            var end = Array.IndexOf(bytes, (byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            var length = line is [.., (byte)'\r'] ? line.Length - 1 : line.Length;
            if (length > maxBytes)
            {
                return $"{Show(frames)} too large({maxBytes})";
            }

            if (end < 0)
            {
                return Ended(frames, bytes);
            }

            frames.Add(bytes[..length]);
            bytes = bytes[(end + 1)..];
        }
    }

    public static string Delimited(byte[] delimiter, int maxBytes, byte[] bytes)
    {
        var frames = new List<byte[]>();
        while (true)
        {
            // The first place where a delimiter is, or could still be once more bytes arrive.
            var start = 0;
            while (!bytes.Skip(start).Take(delimiter.Length).SequenceEqual(delimiter.Take(bytes.Length - start)))
            {
                start++;
            }

            if (start > maxBytes)
            {
                return $"{Show(frames)} too large({maxBytes})";
            }

            if (start + delimiter.Length > bytes.Length)
            {
                return Ended(frames, bytes);
            }

            frames.Add(bytes[..start]);
            bytes = bytes[(start + delimiter.Length)..];
        }
    }

    private static string Ended(List<byte[]> frames, byte[] rest)
    {
        return Show(frames) + (rest.Length == 0 ? "" : $" truncated({Convert.ToHexString(rest)})");
    }

    private static string Show(List<byte[]> frames)
    {
        return new Decoded(frames, Error: null).AsHex;
    }
}
