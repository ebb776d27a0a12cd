namespace Switchboard;

/// <summary>Unsigned LEB128: seven bits a byte, least significant first, the top bit set in all but the last.</summary>
internal static class Varint
{
    /// <summary>What 64 bits need.</summary>
    public const int MaxBytes = 10;

    private const byte More = 0x80;
    private const int BitsPerByte = 7;

    /// <summary>Finds the last byte, whatever the number is.</summary>
    /// <returns>The width in bytes, or 0 when none of the first ten bytes is a last one.</returns>
    public static int Measure(ReadOnlySpan<byte> bytes)
    {
        return bytes[..Math.Min(bytes.Length, MaxBytes)].IndexOfAnyInRange((byte)0, (byte)(More - 1)) + 1;
    }

    /// <summary>Reads a number if all its bytes are here.</summary>
    /// <exception cref="FramingException">It has more than 64 bits, or is not in its shortest form.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ulong value, out int width)
    {
        value = 0;
        width = Measure(bytes);
        if (width == 0 && bytes.Length < MaxBytes)
        {
            return false;
        }

        if (width == 0 || (width == MaxBytes && bytes[width - 1] > 1))
        {
            throw new FramingException(
                "The varint before the frame has more than 64 bits. Check that the peer writes lengths as LEB128.");
        }

        if (width > 1 && bytes[width - 1] == 0)
        {
            throw new FramingException(
                $"The varint before the frame is not in its shortest form: {width} bytes, the last of them 0. "
                + "The peer must write it without padding.");
        }

        for (var index = width - 1; index >= 0; index--)
        {
            value = (value << BitsPerByte) | (bytes[index] & (More - 1UL));
        }

        return true;
    }

    /// <summary>Writes the shortest form of a number and says how many bytes it took.</summary>
    public static int Write(ulong value, Span<byte> destination)
    {
        var width = 0;
        while (value >= More)
        {
            destination[width++] = (byte)(value | More);
            value >>= BitsPerByte;
        }

        destination[width++] = (byte)value;
        return width;
    }
}
