using System.Globalization;
using System.Text;

namespace Switchboard.Cli.Options;

/// <summary>
/// Bytes as they can be typed: UTF-8 text in which <c>\n \r \t \0 \\</c> and <c>\xHH</c> stand for one byte.
/// </summary>
internal static class EscapedText
{
    private const int HexEscapeChars = 4;

    /// <exception cref="FormatException">There is a backslash with nothing known behind it.</exception>
    public static byte[] Parse(string text)
    {
        using var bytes = new MemoryStream();
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var taken = rest[0] == '\\' ? AppendEscape(bytes, rest) : AppendPlain(bytes, rest);
            rest = rest[taken..];
        }

        return bytes.ToArray();
    }

    private static int AppendPlain(MemoryStream bytes, ReadOnlySpan<char> text)
    {
        var length = text.IndexOf('\\') is >= 0 and var backslash ? backslash : text.Length;
        bytes.Write(Encoding.UTF8.GetBytes(text[..length].ToString()));
        return length;
    }

    private static int AppendEscape(MemoryStream bytes, ReadOnlySpan<char> text)
    {
        var single = (text.Length > 1 ? text[1] : ' ') switch
        {
            'n' => (byte)'\n',
            'r' => (byte)'\r',
            't' => (byte)'\t',
            '0' => (byte)0,
            '\\' => (byte)'\\',
            _ => (byte?)null,
        };
        bytes.WriteByte(single ?? HexEscape(text));
        return single is null ? HexEscapeChars : 2;
    }

    private static byte HexEscape(ReadOnlySpan<char> text)
    {
        var escape = text[..Math.Min(text.Length, HexEscapeChars)];
        return escape.Length == HexEscapeChars && escape[1] == 'x'
            && byte.TryParse(escape[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException(
                $"'{escape}' is no escape. Write \\n, \\r, \\t, \\0, \\\\ or \\xHH.");
    }
}
