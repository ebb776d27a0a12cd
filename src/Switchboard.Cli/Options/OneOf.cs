namespace Switchboard.Cli.Options;

/// <summary>One word of a few.</summary>
internal static class OneOf
{
    /// <summary>Reads a word that names one of the choices.</summary>
    /// <exception cref="FormatException">The word is none of them.</exception>
    public static T Parse<T>(string text, params ReadOnlySpan<(string Word, T Meaning)> choices)
    {
        foreach (var (word, meaning) in choices)
        {
            if (word == text)
            {
                return meaning;
            }
        }

        var words = new List<string>();
        foreach (var (word, _) in choices)
        {
            words.Add(word);
        }

        throw new FormatException($"'{text}' is none of {string.Join(", ", words)}.");
    }
}
