using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Switchboard.Repository.Tidiness;

/// <summary>How wide a line, how long a method and how long a file may be.</summary>
internal static class Limits
{
    public const int MaxColumns = 120;
    public const int MaxMethodLines = 60;
    public const int MaxFileLines = 400;

    public static IEnumerable<Violation> CheckColumns(SourceFile file) =>
        from line in file.Lines.Index()
        where line.Item.Length > MaxColumns
        select new Violation(
            file.Path, line.Index + 1, $"{line.Item.Length} columns. Break the line before column {MaxColumns}.");

    public static IEnumerable<Violation> CheckFileLength(SourceFile file)
    {
        var count = file.Lines.Length - (file.Text.EndsWith('\n') ? 1 : 0);
        if (count > MaxFileLines)
        {
            yield return new Violation(
                file.Path,
                MaxFileLines + 1,
                $"{count} lines. A file past {MaxFileLines} holds two ideas: give the second a file of its own.");
        }
    }

    public static IEnumerable<Violation> CheckMethodLengths(SourceFile file) =>
        from node in file.SyntaxRoot.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let count = LinesOf(node)
        where count > MaxMethodLines
        select Violation.At(
            FirstToken(node),
            $"A method of {count} lines. Keep the control flow here and move what it computes into methods with "
            + $"names, until {MaxMethodLines} lines are enough.");

    private static int LinesOf(SyntaxNode node)
    {
        var first = FirstToken(node).GetLocation().GetLineSpan().StartLinePosition.Line;
        var last = node.GetLocation().GetLineSpan().EndLinePosition.Line;

        return last - first + 1;
    }

    // Attributes do not count: a test with a hundred rows of inline cases is still a short method.
    private static SyntaxToken FirstToken(SyntaxNode node)
    {
        var attributes = node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();

        return attributes?.GetLastToken().GetNextToken() ?? node.GetFirstToken();
    }
}
