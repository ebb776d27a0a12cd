using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Switchboard.Repository.Tidiness;

/// <summary>
/// In src/, what users see lives in the project's namespace, whatever its folder; the rest lives in its folder's.
/// </summary>
internal static class Namespaces
{
    // There is a type Switchboard.Framing, so there can be no namespace of that name.
    private const string FolderInRootNamespace = "src/Switchboard/Framing";

    // A command has no users who write `using`: all its types live in their folder's namespace.
    private static readonly string[] Commands = ["src/Switchboard.Cli"];

    public static IEnumerable<Violation> Check(SourceFile file)
    {
        foreach (var block in file.SyntaxRoot.DescendantNodes().OfType<NamespaceDeclarationSyntax>())
        {
            yield return Violation.At(block, $"A namespace with braces. Write: namespace {block.Name};");
        }

        foreach (var type in TopLevelTypes.Of(file).Where(_ => file.Path.StartsWith("src/", StringComparison.Ordinal)))
        {
            var name = TopLevelTypes.NameOf(type);
            var expected = Expected(file, type);
            if (Actual(type) != expected)
            {
                yield return Violation.At(name, $"{name.Text} is in {Actual(type)}. Write: namespace {expected};");
            }
        }
    }

    private static string Expected(SourceFile file, MemberDeclarationSyntax type)
    {
        var folders = file.Folder.Split('/')[1..];
        var isForUsers = type.Modifiers.Any(SyntaxKind.PublicKeyword)
            && !Commands.Any(command => file.Path.StartsWith(command + "/", StringComparison.Ordinal));

        return isForUsers || file.Folder == FolderInRootNamespace ? folders[0] : string.Join('.', folders);
    }

    private static string Actual(MemberDeclarationSyntax type) =>
        (type.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString() ?? "no namespace";
}
