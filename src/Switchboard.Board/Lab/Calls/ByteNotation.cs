using System.Globalization;
using System.Text;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>Bytes as lessons write them, one character a byte, and as the page shows them.</summary>
internal static class ByteNotation
{
    private const int MaxQuoted = 24;
    private const char FirstVisible = ' ';
    private const char LastVisible = '~';

    public static byte[] ToBytes(string text) => Encoding.Latin1.GetBytes(text);

    public static byte[] Repeat(ReadOnlySpan<byte> pattern, int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length; at += pattern.Length)
        {
            pattern[..Math.Min(pattern.Length, length - at)].CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    /// <summary>What a step sends, short enough for a line.</summary>
    public static string Quote(LessonStep step) =>
        step.Bytes is null || ByteCalls.LengthOf(step) > step.Bytes.Length
            ? $"{ByteCalls.LengthOf(step).ToString("N0", CultureInfo.InvariantCulture)} × \"{step.Bytes ?? "x"}\""
            : Quote(ToBytes(step.Bytes));

    /// <summary>Bytes as a string of C, cut off when they are many.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (var each in bytes[..Math.Min(bytes.Length, MaxQuoted)])
        {
            text.Append(Escape(each));
        }

        return text.Append(bytes.Length > MaxQuoted ? "…\"" : "\"").ToString();
    }

    private static string Escape(byte each) => (char)each switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\0' => "\\0",
        '"' => "\\\"",
        '\\' => "\\\\",
        >= FirstVisible and <= LastVisible => ((char)each).ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\x{each:X2}"),
    };
}
