using System.Text.RegularExpressions;

namespace Switchboard.Repository;

/// <summary>The words that a name is made of.</summary>
internal static partial class Words
{
    /// <summary>IOContext is IO and Context; Database is one word.</summary>
    public static IReadOnlyList<string> Of(string name) => [.. Word().Matches(name).Select(match => match.Value)];

    [GeneratedRegex("[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")]
    private static partial Regex Word();
}
