namespace Switchboard;

/// <summary>
/// Where the length of a frame stands and what it counts. As bytes: <see cref="Offset"/> bytes of header, the length
/// field, and then as many bytes as the field's value and <see cref="Adjustment"/> add up to. Whether these options
/// fit each other and the maximum is checked by <see cref="Framing.LengthPrefixed"/>.
/// </summary>
/// <example>
/// A header of type (1 byte), flags (1) and a length (2) that counts header and body together:
/// <code>
/// new LengthPrefix
/// {
///     Format = LengthFormat.UInt16BigEndian, Offset = 2, Adjustment = -4, Header = FrameHeader.Kept,
/// }
/// </code>
/// </example>
public sealed record LengthPrefix
{
    /// <summary>How the length is written; by default as four bytes in network order.</summary>
    public LengthFormat Format { get; init; } = LengthFormat.UInt32BigEndian;

    /// <summary>
    /// How many bytes of header stand before the length field; 0 (the default) or more. More than 0 needs
    /// <see cref="FrameHeader.Kept"/>, because those bytes are the user's.
    /// </summary>
    public int Offset { get; init; }

    /// <summary>
    /// What to add to the length field's value to get the number of bytes that follow the field; 0 by default.
    /// Negative when the length counts the header too, positive when something follows that it does not count.
    /// </summary>
    public int Adjustment { get; init; }

    /// <summary>Whether the header is a part of the frame; by default it is removed.</summary>
    public FrameHeader Header { get; init; } = FrameHeader.Removed;
}
