using Microsoft.CodeAnalysis;

namespace Switchboard.Repository;

/// <summary>What users of a library can see: its public types and their public and protected members.</summary>
internal static class VisibleSymbols
{
    public static IEnumerable<ISymbol> Of(IAssemblySymbol assembly) =>
        TypesOf(assembly).SelectMany(type => MembersOf(type).Prepend(type));

    /// <summary>Types, nested ones and extension blocks too.</summary>
    public static IEnumerable<INamedTypeSymbol> TypesOf(IAssemblySymbol assembly) => TypesOf(assembly.GlobalNamespace);

    /// <summary>Members that somebody wrote; accessors belong to their properties.</summary>
    public static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) => type.GetMembers()
        .Where(member => member is not INamedTypeSymbol && !member.IsImplicitlyDeclared && IsVisible(member, type))
        .Where(member => member is not IMethodSymbol { AssociatedSymbol: not null });

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            var type = member as INamedTypeSymbol;
            if (type is { IsExtension: false } && !IsVisible(type, type.ContainingType))
            {
                continue;
            }

            if (type is not null)
            {
                yield return type;
            }

            foreach (var inner in TypesOf(member))
            {
                yield return inner;
            }
        }
    }

    private static bool IsVisible(ISymbol symbol, INamedTypeSymbol? container) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Protected or Accessibility.ProtectedOrInternal => container is { IsSealed: false },
        _ => false,
    };
}
