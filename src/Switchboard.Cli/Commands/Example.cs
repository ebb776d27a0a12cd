namespace Switchboard.Cli.Commands;

/// <summary>A command line worth trying, for the top of the help.</summary>
/// <param name="CommandLine">Complete, so that it can be copied.</param>
/// <param name="Does">What it does, in a few words.</param>
internal sealed record Example(string CommandLine, string Does);
