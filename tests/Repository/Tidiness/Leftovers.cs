using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Switchboard.Repository.Tidiness;

/// <summary>Marks of unfinished work in comments and code. Strings may speak about them.</summary>
internal static partial class Leftovers
{
    public static IEnumerable<Violation> Check(SourceFile file)
    {
        foreach (var comment in file.SyntaxRoot.DescendantTrivia().Where(IsComment))
        {
            foreach (Match mark in Mark().Matches(comment.ToFullString()))
            {
                var place = Location.Create(file.Syntax, new(comment.FullSpan.Start + mark.Index, mark.Length));
                yield return Violation.At(
                    place, $"{mark.Value} in a comment. Do it now, or write it down where work is planned.");
            }
        }

        foreach (var name in file.SyntaxRoot.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.Text == "NotImplementedException")
            {
                yield return Violation.At(
                    name, $"{name.Identifier.Text}. Write the code, or NotSupportedException if it will never be.");
            }
        }
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Mark();
}
