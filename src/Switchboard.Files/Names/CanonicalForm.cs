using System.Globalization;
using System.Text;

namespace Switchboard.Files.Names;

/// <summary>
/// Finds names that some disk takes for one: they differ by case only, or write the same characters in two ways, such
/// as one é and an e with an accent behind it. Runtimes without globalization cannot tell, so the table is here: the
/// canonical decompositions of Unicode 14.
/// </summary>
internal static class CanonicalForm
{
    // The Hangul syllables are computed (Unicode, section 3.12).
    private const int FirstSyllable = 0xAC00;
    private const int Syllables = 11172;
    private const int FirstLeading = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int BeforeTrailing = 0x11A7;
    private const int Vowels = 21;
    private const int Trailings = 28;

    private static readonly Lazy<Dictionary<int, Rune[]>> Decompositions = new(ReadTable);

    /// <summary>The same text for two names that a disk may take for one.</summary>
    public static string KeyOf(string name)
    {
        if (Ascii.IsValid(name))
        {
            return name.ToUpperInvariant();
        }

        var runes = new List<Rune>(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            Decompose(rune, runes);
        }

        SortMarks(runes);
        var key = new StringBuilder(name.Length);
        foreach (var rune in runes)
        {
            // Up and down again: a few letters have two small forms, such as the two sigmas.
            key.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString());
        }

        return key.ToString().ToUpperInvariant();
    }

    private static void Decompose(Rune rune, List<Rune> into)
    {
        var syllable = rune.Value - FirstSyllable;
        if (syllable is >= 0 and < Syllables)
        {
            into.Add(new Rune(FirstLeading + (syllable / (Vowels * Trailings))));
            into.Add(new Rune(FirstVowel + (syllable % (Vowels * Trailings) / Trailings)));
            if (syllable % Trailings is > 0 and var trailing)
            {
                into.Add(new Rune(BeforeTrailing + trailing));
            }
        }
        else if (Decompositions.Value.TryGetValue(rune.Value, out var parts))
        {
            into.AddRange(parts);
        }
        else
        {
            into.Add(rune);
        }
    }

    // Marks behind one letter may stand in several orders. Any order of them counts as the same: stricter than Unicode,
    // and in need of no second table.
    private static void SortMarks(List<Rune> runes)
    {
        for (var start = 0; start < runes.Count; start++)
        {
            var end = start;
            while (end < runes.Count && Rune.GetUnicodeCategory(runes[end]) == UnicodeCategory.NonSpacingMark)
            {
                end++;
            }

            runes.Sort(start, end - start, Comparer<Rune>.Default);
            start = end;
        }
    }

    private static Dictionary<int, Rune[]> ReadTable()
    {
        var table = new Dictionary<int, Rune[]>();
        using var stream = typeof(CanonicalForm).Assembly.GetManifestResourceStream("canonical.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var codes = line.Split(' ');
            table.Add(CodeOf(codes[0]), [.. codes.Skip(1).Select(code => new Rune(CodeOf(code)))]);
        }

        return table;
    }

    private static int CodeOf(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
