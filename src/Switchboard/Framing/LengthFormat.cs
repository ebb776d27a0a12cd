using System.Diagnostics.CodeAnalysis;

namespace Switchboard;

/// <summary>How a length is written in front of a frame. All are unsigned.</summary>
public enum LengthFormat
{
    /// <summary>Four bytes, most significant first: network order.</summary>
    UInt32BigEndian,

    /// <summary>Four bytes, least significant first.</summary>
    UInt32LittleEndian,

    /// <summary>One byte: lengths up to 255.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "How the length is written is what the name must say.")]
    UInt8,

    /// <summary>Two bytes, most significant first: lengths up to 65,535.</summary>
    UInt16BigEndian,

    /// <summary>Two bytes, least significant first: lengths up to 65,535.</summary>
    UInt16LittleEndian,

    /// <summary>Three bytes, most significant first: lengths up to 16,777,215.</summary>
    UInt24BigEndian,

    /// <summary>Three bytes, least significant first: lengths up to 16,777,215.</summary>
    UInt24LittleEndian,

    /// <summary>Eight bytes, most significant first.</summary>
    UInt64BigEndian,

    /// <summary>Eight bytes, least significant first.</summary>
    UInt64LittleEndian,

    /// <summary>
    /// LEB128, one to ten bytes: seven bits a byte, least significant first, the top bit set in all but the last.
    /// Only the shortest form of a number is accepted, so that a length has one spelling.
    /// </summary>
    Varint,
}
