using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Switchboard.Repository.Tidiness;

/// <summary>The types that a file declares outside any other type.</summary>
internal static class TopLevelTypes
{
    public static IReadOnlyList<MemberDeclarationSyntax> Of(SourceFile file) =>
    [
        .. file.SyntaxRoot
            .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax),
    ];

    public static SyntaxToken NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier,
        DelegateDeclarationSyntax declared => declared.Identifier,
        _ => throw new ArgumentException($"{type.Kind()} is not a type.", nameof(type)),
    };
}
