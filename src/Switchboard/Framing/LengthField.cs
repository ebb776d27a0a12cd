using System.Buffers.Binary;

namespace Switchboard;

/// <summary>The length field of a frame in each <see cref="LengthFormat"/>.</summary>
internal static class LengthField
{
    /// <summary>No format needs more.</summary>
    public const int MaxBytes = Varint.MaxBytes;

    private const int BitsPerByte = 8;

    /// <summary>The largest length that a field of this format can hold.</summary>
    public static ulong MaxValue(LengthFormat format)
    {
        return FixedWidth(format) switch
        {
            null or sizeof(ulong) => ulong.MaxValue,
            { } width => (1UL << (width * BitsPerByte)) - 1,
        };
    }

    /// <summary>The fewest bytes a field of this format takes.</summary>
    public static int MinWidth(LengthFormat format)
    {
        return FixedWidth(format) ?? 1;
    }

    /// <summary>How many bytes the field takes; null when that depends on the length in it.</summary>
    public static int? FixedWidth(LengthFormat format)
    {
        return format switch
        {
            LengthFormat.UInt8 => 1,
            LengthFormat.UInt16BigEndian or LengthFormat.UInt16LittleEndian => 2,
            LengthFormat.UInt24BigEndian or LengthFormat.UInt24LittleEndian => 3,
            LengthFormat.UInt32BigEndian or LengthFormat.UInt32LittleEndian => 4,
            LengthFormat.UInt64BigEndian or LengthFormat.UInt64LittleEndian => 8,
            _ => null,
        };
    }

    /// <summary>Finds where the field ends, whatever the length in it.</summary>
    /// <returns>The width in bytes, or 0 when the field is not whole.</returns>
    public static int Measure(LengthFormat format, ReadOnlySpan<byte> bytes)
    {
        return FixedWidth(format) is not { } width ? Varint.Measure(bytes)
            : bytes.Length < width ? 0
            : width;
    }

    /// <summary>Reads the field if it is whole.</summary>
    /// <exception cref="FramingException">It is a varint, and a malformed one.</exception>
    public static bool TryRead(LengthFormat format, ReadOnlySpan<byte> bytes, out ulong value, out int width)
    {
        if (format == LengthFormat.UInt32BigEndian)
        {
            width = sizeof(uint);
            var isWhole = BinaryPrimitives.TryReadUInt32BigEndian(bytes, out var length);
            value = length;
            return isWhole;
        }

        if (FixedWidth(format) is not { } fixedWidth)
        {
            return Varint.TryRead(bytes, out value, out width);
        }

        value = 0;
        width = fixedWidth;
        if (bytes.Length < width)
        {
            return false;
        }

        value = format switch
        {
            LengthFormat.UInt8 => bytes[0],
            LengthFormat.UInt16BigEndian => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            LengthFormat.UInt16LittleEndian => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            LengthFormat.UInt24BigEndian => ((ulong)bytes[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]),
            LengthFormat.UInt24LittleEndian =>
                BinaryPrimitives.ReadUInt16LittleEndian(bytes) | ((ulong)bytes[2] << 16),
            LengthFormat.UInt32LittleEndian => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            LengthFormat.UInt64BigEndian => BinaryPrimitives.ReadUInt64BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };
        return true;
    }

    /// <summary>Writes a length that is not above <see cref="MaxValue"/> and says how many bytes it took.</summary>
    public static int Write(LengthFormat format, ulong value, Span<byte> destination)
    {
        if (format == LengthFormat.UInt32BigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)value);
            return sizeof(uint);
        }

        if (FixedWidth(format) is not { } width)
        {
            return Varint.Write(value, destination);
        }

        for (var index = 0; index < width; index++)
        {
            destination[index] = (byte)(value >> Shift(format, index, width));
        }

        return width;
    }

    /// <summary>By how many bits the byte at an index of the field is worth more than the lowest byte.</summary>
    private static int Shift(LengthFormat format, int index, int width)
    {
        return (IsBigEndian(format) ? width - 1 - index : index) * BitsPerByte;
    }

    private static bool IsBigEndian(LengthFormat format)
    {
        return format is LengthFormat.UInt16BigEndian or LengthFormat.UInt24BigEndian
            or LengthFormat.UInt32BigEndian or LengthFormat.UInt64BigEndian;
    }
}
