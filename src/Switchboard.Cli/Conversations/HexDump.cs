using System.Globalization;
using System.Text;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// The bytes of one direction as hexadecimal digits and ASCII, sixteen a line:
/// <c>&gt; 12:00:01.234567 00000000  68 65 6c 6c 6f 0a    hello.</c>
/// </summary>
/// <param name="mark">Stands before each line: which way the bytes go.</param>
internal sealed class HexDump(char mark)
{
    private const int BytesOfLine = 16;

    private long _offset;

    /// <summary>The lines of a piece, without the last line feed; a piece without bytes is one line too.</summary>
    public string Show(ReadOnlySpan<byte> piece, DateTimeOffset time)
    {
        var lines = new StringBuilder();
        do
        {
            var part = piece[..Math.Min(BytesOfLine, piece.Length)];
            AppendLine(lines, part, time);
            _offset += part.Length;
            piece = piece[part.Length..];
        }
        while (!piece.IsEmpty);

        return lines.ToString();
    }

    private void AppendLine(StringBuilder lines, ReadOnlySpan<byte> part, DateTimeOffset time)
    {
        if (lines.Length > 0)
        {
            lines.Append('\n');
        }

        lines.Append(CultureInfo.InvariantCulture, $"{mark} {time:HH:mm:ss.ffffff} {_offset:x8}  ");
        for (var column = 0; column < BytesOfLine; column++)
        {
            lines.Append(column < part.Length ? part[column].ToString("x2", CultureInfo.InvariantCulture) : "  ");
            lines.Append(column == (BytesOfLine / 2) - 1 ? "  " : " ");
        }

        lines.Append(' ');
        foreach (var value in part)
        {
            lines.Append(value is >= (byte)' ' and <= (byte)'~' ? (char)value : '.');
        }
    }
}
