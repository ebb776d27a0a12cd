using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Switchboard.Repository.Tidiness;

/// <summary>A file declares one type at its top level and is named after it. Programs of one file are exempt.</summary>
internal static class OneTypePerFile
{
    public static IEnumerable<Violation> Check(SourceFile file)
    {
        var types = TopLevelTypes.Of(file);
        if (file.SyntaxRoot.DescendantNodes().OfType<GlobalStatementSyntax>().Any())
        {
            yield break;
        }

        foreach (var extra in types.Skip(1))
        {
            var name = TopLevelTypes.NameOf(extra).Text;
            yield return Violation.At(
                TopLevelTypes.NameOf(extra), $"A second type in one file. Move {name} to {name}.cs, or nest it.");
        }

        if (types.Count > 0 && !IsNamedAfter(file, types[0]))
        {
            var name = TopLevelTypes.NameOf(types[0]);
            yield return Violation.At(name, $"{name.Text} in {file.Name}. Rename the file to {name.Text}.cs.");
        }
    }

    // Cache.cs, and for a second part or a generic twin of the same name: Cache.Eviction.cs, Cache{T}.cs, CacheOfT.cs.
    private static bool IsNamedAfter(SourceFile file, MemberDeclarationSyntax type)
    {
        var name = TopLevelTypes.NameOf(type).Text;
        var stem = file.Name[..file.Name.IndexOf('.', StringComparison.Ordinal)];

        return stem == name || stem == name + "OfT" || stem.StartsWith(name + "{", StringComparison.Ordinal);
    }
}
