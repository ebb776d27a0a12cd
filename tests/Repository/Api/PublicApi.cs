using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Switchboard.Repository.Api;

/// <summary>What a library offers, as text: a line for each type, and below it a line for each member.</summary>
internal static class PublicApi
{
    private const SymbolDisplayGenericsOptions Generics = SymbolDisplayGenericsOptions.IncludeTypeParameters
        | SymbolDisplayGenericsOptions.IncludeTypeConstraints
        | SymbolDisplayGenericsOptions.IncludeVariance;

    private const SymbolDisplayMiscellaneousOptions AsWritten = SymbolDisplayMiscellaneousOptions.UseSpecialTypes
        | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
        | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
        | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral;

    private static readonly SymbolDisplayFormat Member = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        Generics,
        SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeRef,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.StaticMethod,
        SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        SymbolDisplayLocalOptions.None,
        SymbolDisplayKindOptions.IncludeMemberKeyword,
        AsWritten);

    private static readonly SymbolDisplayFormat Type = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        Generics,
        parameterOptions: Member.ParameterOptions,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: AsWritten);

    public static string Describe(Compilation compilation)
    {
        var types = VisibleSymbols.TypesOf(compilation.Assembly)
            .Where(type => !type.IsExtension)
            .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal)
            .Select(type => string.Concat(Lines(type).Select(line => line + "\n")));

        return string.Join('\n', types);
    }

    private static IEnumerable<string> Lines(INamedTypeSymbol type)
    {
        var members = VisibleSymbols.MembersOf(type)
            .Concat(UnwrittenConstructor(type))
            .Select(member => Line(member, ""));
        var extensions = type.GetTypeMembers().Where(inner => inner.IsExtension).SelectMany(block =>
            VisibleSymbols.MembersOf(block).Select(member => Line(member, $"{Receiver(block)}: ")));

        return members.Concat(extensions).Order(StringComparer.Ordinal).Prepend(Header(type));
    }

    private static string Header(INamedTypeSymbol type)
    {
        var parents = type.Interfaces
            .Where(one => !(type.IsRecord && one.Name == nameof(IEquatable<>)))
            .Prepend(type.BaseType)
            .Where(one => one is not null && type.TypeKind is not (TypeKind.Delegate or TypeKind.Enum)
                && one.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType))
            .Select(one => one!.ToDisplayString(Member))
            .ToList();
        var names = parents.Count == 0 ? "" : " : " + string.Join(", ", parents);

        var access = SyntaxFacts.GetText(type.DeclaredAccessibility);

        return $"{access}{Modifiers(type)} {type.ToDisplayString(Type)}{names}";
    }

    private static string Modifiers(INamedTypeSymbol type) => type switch
    {
        { TypeKind: not TypeKind.Class } => "",
        { IsStatic: true } => " static",
        { IsAbstract: true } => " abstract",
        { IsSealed: true } => " sealed",
        _ => "",
    };

    private static string Line(ISymbol member, string prefix)
    {
        // A setter that users cannot call is none of theirs.
        var text = member.ToDisplayString(Member)
            .Replace(" private set;", "", StringComparison.Ordinal)
            .Replace(" internal set;", "", StringComparison.Ordinal)
            .Replace(" private init;", "", StringComparison.Ordinal)
            .Replace(" internal init;", "", StringComparison.Ordinal);

        return $"    {prefix}{text}";
    }

    // A class without constructors can be made all the same.
    private static IEnumerable<ISymbol> UnwrittenConstructor(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: false }
            ? type.InstanceConstructors.Where(one => one is { IsImplicitlyDeclared: true, Parameters.Length: 0 })
            : [];

    private static string Receiver(INamedTypeSymbol block) =>
        $"extension{TypeParameters(block)}({block.ExtensionParameter?.ToDisplayString(Member)})";

    private static string TypeParameters(INamedTypeSymbol type) =>
        type.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", type.TypeParameters.Select(one => one.Name))}>";
}
