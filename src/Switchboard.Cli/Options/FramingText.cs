namespace Switchboard.Cli.Options;

/// <summary>
/// A framing as it is typed: <c>lines</c>, <c>fixed:N</c>, <c>length:N</c>, <c>length:varint</c>,
/// <c>delimited:X</c>, <c>until-close</c>.
/// </summary>
internal static class FramingText
{
    public const string Hint = "lines|fixed:N|length:N|delimited:X|until-close";

    public const int DefaultMaxFrameBytes = 1024 * 1024;

    /// <returns>Makes the framing once the most bytes of a frame are known.</returns>
    /// <exception cref="FormatException">It is no framing; the message says what is expected.</exception>
    public static Func<int, Framing> Parse(string text)
    {
        var (kind, value) = text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? (text[..colon], text[(colon + 1)..])
            : (text, null);
        return (kind, value) switch
        {
            ("lines", null) => max => Framing.Lines(max),
            ("until-close", null) => Framing.UntilClose,
            ("fixed", { } bytes) => Fixed(bytes),
            ("length", { } format) => LengthPrefixed(format),
            ("delimited", { Length: > 0 } delimiter) => Delimited(delimiter),
            ("delimited", _) => throw new FormatException(@"delimited needs bytes: delimited:\r\n, delimited:\0"),
            _ => throw new FormatException($"'{text}' is no framing. Write one of {Hint}."),
        };
    }

    private static Func<int, Framing> Fixed(string text)
    {
        var bytes = SizeText.Parse(text);
        return max => bytes <= max
            ? Framing.Fixed(bytes)
            : throw new FormatException($"fixed:{text} is more than the {max} bytes that a frame may have.");
    }

    private static Func<int, Framing> LengthPrefixed(string text)
    {
        var format = text switch
        {
            "1" => LengthFormat.UInt8,
            "2" => LengthFormat.UInt16BigEndian,
            "3" => LengthFormat.UInt24BigEndian,
            "4" => LengthFormat.UInt32BigEndian,
            "8" => LengthFormat.UInt64BigEndian,
            "varint" => LengthFormat.Varint,
            _ => throw new FormatException(
                $"'{text}' is no length field. Write length:1, 2, 3, 4 or 8, or length:varint."),
        };
        return max => Framing.LengthPrefixed(max, new LengthPrefix { Format = format });
    }

    private static Func<int, Framing> Delimited(string text)
    {
        var delimiter = EscapedText.Parse(text);
        return max => Framing.Delimited(delimiter, max);
    }
}
