using System.CommandLine;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Commands;

/// <summary>One verb of the command: its options, its help and what it does.</summary>
/// <param name="name">What is typed.</param>
/// <param name="description">One line, without a full stop.</param>
/// <param name="examples">Lead the help; at least one.</param>
internal abstract class Verb(string name, string description, params IReadOnlyList<Example> examples)
    : Command(name, description)
{
    /// <summary>All that is typed to reach it.</summary>
    public virtual string FullName => Name;

    public IReadOnlyList<Example> Examples => examples;

    /// <summary>Sentences at the end of the help, one a line; most verbs need none.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>Which options share a row of the help.</summary>
    public virtual IEnumerable<JoinedRow> Joined => [];

    /// <summary>Does it.</summary>
    /// <returns>One of <see cref="Failures.ExitCode"/>.</returns>
    /// <remarks>Whatever is thrown here ends the command, explained by <see cref="Failures.FailureTable"/>.</remarks>
    public abstract Task<int> RunAsync(Invocation invocation);
}
