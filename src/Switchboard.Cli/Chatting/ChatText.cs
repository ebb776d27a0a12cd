using System.Globalization;
using System.Text;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Chatting;

/// <summary>
/// What strangers say, made fit for a terminal: IRC's codes for colours are taken out, whatever the terminal would obey
/// becomes visible, and marks that pile up on one letter are cut.
/// </summary>
internal static class ChatText
{
    private const int MaxMarks = 3;
    private const char Colour = '\x03';
    private const char HexColour = '\x04';
    private const int ZeroWidthJoiner = 0x200D;

    // Bold, monospace, reset, reverse, italic, struck, underlined.
    private const string Switches = "\x02\x11\x0F\x16\x1D\x1E\x1F";

    /// <summary>One line of text.</summary>
    public static string Of(string text) => SafeText.Line(Calm(WithoutCodes(text)));

    /// <summary>A name: nothing is taken out, so that two that differ look different.</summary>
    public static string Name(string name) => SafeText.Line(Calm(name));

    private static string WithoutCodes(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            var letter = text[place];
            if (letter is Colour or HexColour)
            {
                place += letter == Colour
                    ? LengthOf(text.AsSpan(place + 1), most: 2, char.IsAsciiDigit)
                    : LengthOf(text.AsSpan(place + 1), most: 6, char.IsAsciiHexDigit);
            }
            else if (!Switches.Contains(letter, StringComparison.Ordinal))
            {
                plain.Append(letter);
            }
        }

        return plain.ToString();
    }

    /// <summary>How long a colour is: that of the letters, and behind a comma that of the ground.</summary>
    private static int LengthOf(ReadOnlySpan<char> text, int most, Func<char, bool> isDigit)
    {
        var first = Digits(text, most, isDigit);
        if (first == 0 || first >= text.Length || text[first] != ',')
        {
            return first;
        }

        var second = Digits(text[(first + 1)..], most, isDigit);
        return second == 0 ? first : first + 1 + second;
    }

    private static int Digits(ReadOnlySpan<char> text, int most, Func<char, bool> isDigit)
    {
        var count = 0;
        while (count < most && count < text.Length && isDigit(text[count]))
        {
            count++;
        }

        return count;
    }

    private static string Calm(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var calm = new StringBuilder(text.Length);
        var marks = 0;
        var before = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            var isMark = Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks = isMark ? marks + 1 : 0;

            // It joins pictures into one; between letters it only hides, and is shown.
            var joins = rune.Value == ZeroWidthJoiner && before.Value > char.MaxValue;
            if (marks <= MaxMarks && !joins)
            {
                calm.Append(rune.ToString());
            }

            before = rune;
        }

        return calm.ToString();
    }
}
