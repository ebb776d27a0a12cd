using System.CommandLine;
using System.CommandLine.Completions;

namespace Switchboard.Cli.Completions;

/// <summary>An option as shells need to know it.</summary>
/// <param name="Names">With their dashes, the long one first.</param>
/// <param name="Description">One line.</param>
/// <param name="Hint">What stands for its value; null if it takes none.</param>
/// <param name="Values">What to offer as its value; empty if nothing can be known.</param>
internal sealed record OutlineOption(
    IReadOnlyList<string> Names, string Description, string? Hint, IReadOnlyList<string> Values)
{
    private const string FileHint = "FILE";

    public bool TakesValue => Hint is not null;

    public bool TakesFile => Hint == FileHint;

    public static OutlineOption Of(Option option) => new(
        [option.Name, .. option.Aliases],
        option.Description ?? "",
        option.Arity.MaximumNumberOfValues == 0 ? null : option.HelpName ?? "VALUE",
        option.Arity.MaximumNumberOfValues == 0
            ? []
            : [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)]);
}
