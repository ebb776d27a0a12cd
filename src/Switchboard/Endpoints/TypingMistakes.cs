namespace Switchboard.Endpoints;

/// <summary>How far one word is from another.</summary>
internal static class TypingMistakes
{
    /// <summary>
    /// The fewest letters to add, leave out, replace or swap with their neighbour that make one word the other.
    /// </summary>
    public static int Between(ReadOnlySpan<char> typed, ReadOnlySpan<char> meant)
    {
        // Checked first, so that a long text costs nothing: the difference in length is already that many mistakes.
        if (Math.Abs(typed.Length - meant.Length) > meant.Length)
        {
            return int.MaxValue;
        }

        var mistakes = new int[typed.Length + 1][];
        for (var i = 0; i <= typed.Length; i++)
        {
            mistakes[i] = new int[meant.Length + 1];
            for (var j = 0; j <= meant.Length; j++)
            {
                mistakes[i][j] = i == 0 || j == 0 ? i + j : Fewest(mistakes, typed[..i], meant[..j]);
            }
        }

        return mistakes[typed.Length][meant.Length];
    }

    private static int Fewest(int[][] mistakes, ReadOnlySpan<char> typed, ReadOnlySpan<char> meant)
    {
        var (i, j) = (typed.Length, meant.Length);
        var replaced = mistakes[i - 1][j - 1] + (typed[^1] == meant[^1] ? 0 : 1);
        var addedOrLeftOut = Math.Min(mistakes[i - 1][j], mistakes[i][j - 1]) + 1;
        var fewest = Math.Min(replaced, addedOrLeftOut);

        return i > 1 && j > 1 && typed[^1] == meant[^2] && typed[^2] == meant[^1]
            ? Math.Min(fewest, mistakes[i - 2][j - 2] + 1)
            : fewest;
    }
}
