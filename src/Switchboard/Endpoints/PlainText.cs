using System.Text;

namespace Switchboard.Endpoints;

/// <summary>What no part of an endpoint may have: what nobody can see, and what does not survive UTF-8.</summary>
internal static class PlainText
{
    /// <summary>Finds control characters and broken Unicode anywhere, and white space at either end.</summary>
    public static Mistake? Check(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                return new Mistake(at, "Half of a surrogate pair is not a character.", "Remove it.");
            }

            if (Rune.IsControl(rune))
            {
                return new Mistake(at, "A control character has no place in an endpoint.", "Remove it.");
            }

            at += rune.Utf16SequenceLength;
        }

        return CheckEnds(text);
    }

    private static Mistake? CheckEnds(string text)
    {
        if (text.Length > 0 && char.IsWhiteSpace(text[0]))
        {
            return WhiteSpace(0);
        }

        return text.Length > 0 && char.IsWhiteSpace(text[^1]) ? WhiteSpace(text.TrimEnd().Length) : null;
    }

    /// <summary>The mistake of white space where none may be.</summary>
    public static Mistake WhiteSpace(int position) => new(position, "There is white space here.", "Remove it.");
}
