using System.Globalization;
using System.Text;

namespace Switchboard.Files.Names;

/// <summary>Makes a peer's name fit to be shown: what a terminal would obey becomes a visible escape.</summary>
internal static class SafeName
{
    private const int MostShown = 120;

    public static string Show(string name)
    {
        var safe = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (safe.Length >= MostShown)
            {
                return safe.Append('…').ToString();
            }

            Append(safe, rune);
        }

        return safe.ToString();
    }

    private static void Append(StringBuilder safe, Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        {
            safe.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
        else
        {
            safe.Append(rune.ToString());
        }
    }
}
