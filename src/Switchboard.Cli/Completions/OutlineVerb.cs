using System.CommandLine;
using System.CommandLine.Completions;

namespace Switchboard.Cli.Completions;

/// <summary>A verb as shells need to know it.</summary>
/// <param name="Name">What is typed.</param>
/// <param name="Description">One line.</param>
/// <param name="Options">Those of the verbs below it, and those that every verb has, included.</param>
/// <param name="Values">What to offer as its positional arguments; empty if nothing can be known.</param>
internal sealed record OutlineVerb(
    string Name, string Description, IReadOnlyList<OutlineOption> Options, IReadOnlyList<string> Values)
{
    private const string FilesHint = "FILE…";

    /// <summary>Whether its positional arguments are names of files.</summary>
    public bool TakesFiles { get; private init; }

    public IEnumerable<string> OptionNames => Options.SelectMany(option => option.Names);

    public static OutlineVerb Of(Command verb, IEnumerable<OutlineOption> inherited) => new(
        verb.Name,
        verb.Description ?? "",
        [
            .. verb.Options.Concat(verb.Subcommands.SelectMany(below => below.Options))
                .Where(option => !option.Hidden).DistinctBy(option => option.Name).Select(OutlineOption.Of),
            .. inherited,
        ],
        [
            .. verb.Subcommands.Select(below => below.Name),
            .. verb.Arguments
                .SelectMany(argument => argument.GetCompletions(CompletionContext.Empty))
                .Select(item => item.Label),
        ])
    {
        TakesFiles = verb.Arguments.Any(argument => argument.HelpName == FilesHint),
    };
}
