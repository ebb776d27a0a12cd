using System.CommandLine;

namespace Switchboard.Cli.Options;

/// <summary>Options that belong together and share a row of the help, so that a page stays one screen.</summary>
/// <param name="Description">Of all of them, instead of their own.</param>
/// <param name="Options">In the order of the row, next to each other in the help.</param>
internal sealed record JoinedRow(string Description, params IReadOnlyList<Option> Options);
