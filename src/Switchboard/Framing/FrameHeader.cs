namespace Switchboard;

/// <summary>What becomes of the header: the length field and the bytes before it.</summary>
public enum FrameHeader
{
    /// <summary>A frame is what follows the length field, and the header is nothing but that field.</summary>
    Removed,

    /// <summary>
    /// A frame is the header and what follows it. Whoever sends gives all of it, and the right length is written over
    /// whatever stands in the length field. Where the field is a <see cref="LengthFormat.Varint"/>, some varint must
    /// stand there to show where it ends (a single 0 will do); the right one may be longer or shorter than it was.
    /// </summary>
    Kept,
}
