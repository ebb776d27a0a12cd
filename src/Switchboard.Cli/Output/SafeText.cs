using System.Globalization;
using System.Text;

namespace Switchboard.Cli.Output;

/// <summary>
/// Makes text of strangers safe to show on a terminal. Whatever could move the cursor, change colours, answer in the
/// user's name or turn the reading direction becomes a visible escape: <c>\e</c>, <c>\x07</c>, <c>\u202E</c>.
/// </summary>
internal static class SafeText
{
    private const char Delete = '\x7F';
    private const char LastC1 = '\x9F';

    /// <summary>One line, always: line feeds are made visible too.</summary>
    public static string Line(string text) => Escape(text, keepLines: false);

    /// <summary>Keeps line feeds and tabs, as a text of several lines needs.</summary>
    public static string Lines(string text) => Escape(text, keepLines: true);

    /// <summary>The text in bytes of a peer, which need not be UTF-8: what is not shows as \xHH. One line.</summary>
    public static string Bytes(ReadOnlySpan<byte> bytes)
    {
        var safe = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var isText = Rune.DecodeFromUtf8(bytes, out var rune, out var taken) == System.Buffers.OperationStatus.Done;
            if (isText)
            {
                Append(safe, rune, keepLines: false);
            }
            else
            {
                foreach (var wrong in bytes[..taken])
                {
                    safe.Append(CultureInfo.InvariantCulture, $"\\x{wrong:X2}");
                }
            }

            bytes = bytes[taken..];
        }

        return safe.ToString();
    }

    private static string Escape(string text, bool keepLines)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(safe, rune, keepLines);
        }

        return safe.ToString();
    }

    private static void Append(StringBuilder safe, Rune rune, bool keepLines)
    {
        switch (rune.Value)
        {
            case '\n' or '\t' when keepLines:
                safe.Append((char)rune.Value);
                break;
            case '\n':
                safe.Append(@"\n");
                break;
            case '\r':
                safe.Append(@"\r");
                break;
            case '\t':
                safe.Append(@"\t");
                break;
            case '\e':
                safe.Append(@"\e");
                break;
            case < ' ' or (>= Delete and <= LastC1):
                safe.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}");
                break;
            default:
                AppendVisible(safe, rune);
                break;
        }
    }

    private static void AppendVisible(StringBuilder safe, Rune rune)
    {
        // Format covers the bidi controls and everything of no width; line and paragraph separators break lines.
        var hides = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
        if (hides)
        {
            safe.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
        else
        {
            safe.Append(rune.ToString());
        }
    }
}
