using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Switchboard.Repository.Tidiness;

/// <summary>Words that say nothing, refused in the names of types, files and folders.</summary>
internal static class EmptyWords
{
    private static readonly Dictionary<string, string> Cures = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Session"] = "Connection",
        ["Channel"] = "Connection, or what the queue holds",
        ["Context"] = "what it holds",
        ["Manager"] = "what it does with them",
        ["Helper"] = "the noun of the domain that the methods are about",
        ["Util"] = "the noun of the domain that the methods are about",
        ["Utility"] = "the noun of the domain that the methods are about",
        ["Utilities"] = "the noun of the domain that the methods are about",
        ["Processor"] = "Handler, Decoder, or what it does",
        ["Data"] = "Bytes, Frame, or what they mean",
        ["Info"] = "what it tells",
    };

    public static IEnumerable<Violation> CheckTypes(SourceFile file) =>
        from node in file.SyntaxRoot.DescendantNodes().OfType<MemberDeclarationSyntax>()
        where node is DelegateDeclarationSyntax or (BaseTypeDeclarationSyntax and not ExtensionBlockDeclarationSyntax)
        let name = TopLevelTypes.NameOf(node)
        let cure = CureFor(name.Text)
        where cure is not null
        select Violation.At(name, $"{name.Text}: {cure}");

    public static IEnumerable<Violation> CheckPath(SourceFile file) =>
        from part in file.Path.Split('/')
        from name in part.Split('.')
        let cure = CureFor(name)
        where cure is not null
        select new Violation(file.Path, 1, $"{part}: {cure}");

    private static string? CureFor(string name)
    {
        var words = Words.Of(name);
        foreach (var word in words)
        {
            if (Cures.TryGetValue(word, out var cure) || Cures.TryGetValue(word.TrimEnd('s'), out cure))
            {
                return $"the word {word} says nothing here. Write {cure} instead.";
            }
        }

        // Elsewhere in a name it may be the right word: the tutorials' small services are services.
        return words.Count > 0 && words[^1] is "Service" or "Services"
            ? $"the word {words[^1]} says nothing here. Write Server, Handler, or what it does instead."
            : null;
    }
}
