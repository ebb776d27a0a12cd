using Microsoft.CodeAnalysis;

namespace Switchboard.Repository;

/// <summary>A rule was broken: where, and what to do about it.</summary>
internal sealed record Violation(string Path, int Line, string Message)
{
    public static Violation At(Location location, string message) =>
        new(location.SourceTree?.FilePath ?? "", location.GetLineSpan().StartLinePosition.Line + 1, message);

    public static Violation At(SyntaxNode node, string message) => At(node.GetLocation(), message);

    public static Violation At(SyntaxToken token, string message) => At(token.GetLocation(), message);

    public override string ToString() => $"{Path}:{Line}: {Message}";
}
