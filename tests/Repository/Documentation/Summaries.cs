using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Switchboard.Repository.Documentation;

/// <summary>A summary tells more than the name of what it stands above.</summary>
internal static partial class Summaries
{
    private static readonly HashSet<string> SayNothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "class", "for", "from", "get", "gets", "given", "has",
        "if", "in", "initialize", "initializes", "instance", "into", "is", "it", "its", "method", "new", "of", "on",
        "or", "property", "represents", "return", "returns", "set", "sets", "specified", "struct", "that", "the",
        "this", "to", "true", "type", "used", "value", "was", "when", "whether", "which", "with",
    };

    public static IEnumerable<Violation> Check(Compilation compilation) =>
        from symbol in VisibleSymbols.Of(compilation.Assembly)
        let summary = SummaryOf(symbol)
        where summary is not null && SaysNoMoreThanTheName(summary, symbol)
        select Violation.At(
            symbol.Locations[0],
            $"The summary of {NameOf(symbol)} says no more than its name. Write what it is for, what it means at its "
            + "limits, when it fails, or who owns the memory.");

    private static bool SaysNoMoreThanTheName(string summary, ISymbol symbol)
    {
        var known = Words.Of(symbol.Name + " " + symbol.ContainingType?.Name).Select(Stem);

        return !WordOf(summary).Except(known, StringComparer.OrdinalIgnoreCase).Any();
    }

    private static IEnumerable<string> WordOf(string summary) =>
        Token().Matches(summary)
            .SelectMany(token => Words.Of(token.Value))
            .Where(word => !SayNothing.Contains(word))
            .Select(Stem);

    // Connections, connected and connecting say no more than Connection.Connect.
    private static string Stem(string word) => Ending().Replace(word, "");

    // Null where the compiler, not this rule, has the say: no documentation, or somebody else's.
    private static string? SummaryOf(ISymbol symbol)
    {
        var documentation = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrEmpty(documentation))
        {
            return null;
        }

        var summary = XElement.Parse($"<all>{documentation}</all>").Descendants("summary").FirstOrDefault();
        foreach (var reference in summary?.Descendants().ToList() ?? [])
        {
            var name = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name")
                ?? (string?)reference.Attribute("langword");
            if (name is not null)
            {
                reference.ReplaceWith(" " + name[(name.LastIndexOf('.') + 1)..] + " ");
            }
        }

        return summary?.Value;
    }

    private static string NameOf(ISymbol symbol) =>
        symbol.ContainingType is { Name.Length: > 0 } type ? $"{type.Name}.{symbol.Name}" : symbol.Name;

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Token();

    [GeneratedRegex("(?<=[A-Za-z]{3})(ions|ion|ing|ed|es|s|e)$")]
    private static partial Regex Ending();
}
