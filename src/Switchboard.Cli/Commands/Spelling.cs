namespace Switchboard.Cli.Commands;

/// <summary>Finds the word that a mistyped one was meant to be.</summary>
internal static class Spelling
{
    // One slip in "up" or "-x" could have been anything.
    private const int LettersPerMistake = 3;

    /// <summary>The most similar of the known words; null when none is similar.</summary>
    public static string? Closest(string typed, IEnumerable<string> known)
    {
        var (word, distance) = known
            .Select(word => (Word: word, Distance: Distance(typed, word)))
            .OrderBy(each => each.Distance)
            .FirstOrDefault();
        return word is not null && distance <= typed.Length / LettersPerMistake ? word : null;
    }

    /// <summary>How many letters to insert, delete, replace or swap with their neighbour.</summary>
    private static int Distance(string typed, string word)
    {
        var rows = new int[typed.Length + 1][];
        for (var i = 0; i <= typed.Length; i++)
        {
            rows[i] = new int[word.Length + 1];
            for (var j = 0; j <= word.Length; j++)
            {
                rows[i][j] = i == 0 || j == 0 ? i + j : Cheapest(rows, typed, word, i, j);
            }
        }

        return rows[typed.Length][word.Length];
    }

    private static int Cheapest(int[][] rows, string typed, string word, int i, int j)
    {
        var replaced = rows[i - 1][j - 1] + (typed[i - 1] == word[j - 1] ? 0 : 1);
        var cheapest = Math.Min(replaced, Math.Min(rows[i - 1][j], rows[i][j - 1]) + 1);
        var swapped = i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1];
        return swapped ? Math.Min(cheapest, rows[i - 2][j - 2] + 1) : cheapest;
    }
}
