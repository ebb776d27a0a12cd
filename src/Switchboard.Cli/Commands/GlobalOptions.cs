using System.CommandLine;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Commands;

/// <summary>The options that every verb has.</summary>
internal sealed class GlobalOptions
{
    public Option<bool> Json { get; } = TextOption.Flag("--json", "Print one JSON object per event on standard output");

    public Option<ColorChoice> Color { get; } = TextOption.Create(
        "--color",
        "auto|always|never",
        "Colour the text for people (default auto)",
        text => OneOf.Parse(
            text, ("auto", ColorChoice.Auto), ("always", ColorChoice.Always), ("never", ColorChoice.Never)),
        "auto", "always", "never");

    public Option<bool> Help { get; } = TextOption.Flag("--help", "Show this page", "-h");

    /// <summary>In the order of the help.</summary>
    public IEnumerable<Option> All => [Json, Color, Help];
}
