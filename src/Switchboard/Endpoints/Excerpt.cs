using System.Globalization;
using System.Text;

namespace Switchboard.Endpoints;

/// <summary>Shows a stranger's text in a message: short, and without characters that act on a terminal.</summary>
internal static class Excerpt
{
    private const int MaxCharactersEachSide = 40;

    /// <summary>Two lines: the text in quotes, cut to what is near the position, and a caret under it.</summary>
    public static string PointingAt(string text, int position)
    {
        var start = Math.Max(0, position - MaxCharactersEachSide);
        var end = Math.Min(text.Length, position + MaxCharactersEachSide);
        var before = (start > 0 ? "…" : "") + Escape(text[start..position]);
        var after = Escape(text[position..end]) + (end < text.Length ? "…" : "");

        return $"  \"{before}{after}\"\n   {new string(' ', before.Length)}^";
    }

    /// <summary>The text in quotes, cut at the end.</summary>
    public static string Quote(string text) => text.Length <= MaxCharactersEachSide
        ? $"\"{Escape(text)}\""
        : $"\"{Escape(text[..MaxCharactersEachSide])}…\"";

    private static string Escape(string text)
    {
        var shown = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, at, out var rune))
            {
                shown.Append(IsSafeToShow(rune) ? rune.ToString() : EscapeCode(rune.Value));
                at += rune.Utf16SequenceLength;
            }
            else
            {
                shown.Append(EscapeCode(text[at]));
                at++;
            }
        }

        return shown.ToString();
    }

    // Format characters are invisible, and some of them reverse the order in which the rest is shown.
    private static bool IsSafeToShow(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string EscapeCode(int character) => character switch
    {
        '\0' => @"\0",
        '\t' => @"\t",
        '\n' => @"\n",
        '\r' => @"\r",
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{{{character:X}}}"),
    };
}
