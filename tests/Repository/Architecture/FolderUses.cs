using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Switchboard.Repository.Architecture;

/// <summary>Which types a folder uses, held to the folder table. Names in doc comments do not count.</summary>
internal static class FolderUses
{
    public static IEnumerable<Violation> Check(Compilation compilation, IReadOnlyList<FolderRow> rows)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var row = rows.FirstOrDefault(row => row.Folder == FolderTable.FolderOf(tree.FilePath));
            if (row is not null)
            {
                foreach (var violation in CheckFile(compilation.GetSemanticModel(tree), tree, row, rows))
                {
                    yield return violation;
                }
            }
        }
    }

    private static IEnumerable<Violation> CheckFile(
        SemanticModel model, SyntaxTree tree, FolderRow row, IReadOnlyList<FolderRow> rows)
    {
        var reported = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var node in tree.GetRoot().DescendantNodes().Where(IsUse))
        {
            if (OwnerOf(model.GetSymbolInfo(node).Symbol) is { } type
                && HomeOf(type, row, rows) is { } home
                && !MayUse(row, home)
                && reported.Add(type))
            {
                yield return Violation.At(
                    node,
                    $"{row.Folder} uses {type.Name} of {home.Folder}, but may use {row.Allowance}. Move the code to "
                    + $"where both may be used, or, if the arrow is right, write {home.Name} into its row of "
                    + "ARCHITECTURE.md.");
            }
        }
    }

    private static bool IsUse(SyntaxNode node) => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax;

    // A project's own files stand above its folders: Program.cs ties together what they hold.
    private static bool MayUse(FolderRow user, FolderRow used) =>
        used == user || used.Parent == user.Folder || user.MayUse.Contains(used.Name);

    private static INamedTypeSymbol? OwnerOf(ISymbol? symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition;
    }

    // Null for a type of the framework or of another project; a partial type is at home wherever a part of it is.
    private static FolderRow? HomeOf(INamedTypeSymbol type, FolderRow user, IReadOnlyList<FolderRow> rows)
    {
        var folders = type.Locations
            .Where(location => location.IsInSource)
            .Select(location => FolderTable.FolderOf(location.SourceTree!.FilePath))
            .ToList();

        return folders.Contains(user.Folder)
            ? user
            : rows.FirstOrDefault(row => ProjectOf(row) == ProjectOf(user) && folders.Contains(row.Folder));
    }

    private static string ProjectOf(FolderRow row) => string.Join('/', row.Folder.Split('/').Take(2));
}
