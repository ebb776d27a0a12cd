using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Switchboard.Repository.Tidiness;

/// <summary>Finds forbidden members by what names mean, not by how they are spelt.</summary>
internal static class ForbiddenUses
{
    public static IEnumerable<Violation> Check(Compilation compilation, IReadOnlyList<ForbiddenUse> forbidden)
    {
        var names = forbidden.Select(use => use.Name).ToHashSet();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes().Where(node => MayMean(node, names)))
            {
                var symbols = SymbolsOf(model, node);
                var broken = forbidden.FirstOrDefault(use => symbols.Any(use.Matches));
                if (broken is not null && !WaitsForever(node) && !IsGivenAClock(model, node))
                {
                    yield return Violation.At(node, $"{broken.Said} is not used here. Write {broken.Cure} instead.");
                }
            }
        }
    }

    // Only these are worth asking the compiler about.
    private static bool MayMean(SyntaxNode node, HashSet<string> names) => node switch
    {
        SimpleNameSyntax name => names.Contains(name.Identifier.Text),
        BaseObjectCreationExpressionSyntax => true,
        _ => false,
    };

    // Where an argument is of a package that is not here, the compiler offers the overloads that fit the others.
    private static IReadOnlyList<ISymbol> SymbolsOf(SemanticModel model, SyntaxNode node)
    {
        var info = model.GetSymbolInfo(node);

        return info.Symbol is { } symbol ? [symbol] : [.. info.CandidateSymbols];
    }

    // Where another argument is not known, the overload that takes the clock is only one of those offered.
    private static bool IsGivenAClock(SemanticModel model, SyntaxNode node) =>
        node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && call.Expression.Span.Contains(node.Span)
        && call.ArgumentList.Arguments.Any(argument => IsClock(model.GetTypeInfo(argument.Expression).Type));

    private static bool IsClock(ITypeSymbol? type) =>
        type is not null && (type.Name == nameof(TimeProvider) || IsClock(type.BaseType));

    // Task.Delay(Timeout.Infinite, token) waits for the token and reads no clock.
    private static bool WaitsForever(SyntaxNode node) =>
        node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && call.Expression.Span.Contains(node.Span)
        && call.ArgumentList.Arguments.FirstOrDefault()?.ToString() is "Timeout.Infinite" or "Timeout.InfiniteTimeSpan";
}
