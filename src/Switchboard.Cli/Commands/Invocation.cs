using System.CommandLine;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Commands;

/// <summary>One run of a verb: what was typed, and the world around it.</summary>
/// <param name="Parsed">The command line, without mistakes.</param>
/// <param name="Surroundings">Streams, signals, time.</param>
/// <param name="Log">Where events go.</param>
/// <param name="OutputPalette">How tones look on standard output; the log knows standard error's.</param>
internal sealed record Invocation(
    ParseResult Parsed,
    Surroundings Surroundings,
    EventLog Log,
    Palette OutputPalette)
{
    /// <summary>Where payload goes: standard output.</summary>
    public Stream Payload => Surroundings.Output;

    /// <summary>Cancelled by the first Ctrl-C or SIGTERM.</summary>
    public CancellationToken Stop => Surroundings.Interrupts.Stop;

    /// <summary>The value of an option; its type's default when it was not given.</summary>
    public T? Get<T>(Option<T> option) => Parsed.GetValue(option);

    /// <summary>The value of an argument; its type's default when it was not given.</summary>
    public T? Get<T>(Argument<T> argument) => Parsed.GetValue(argument);
}
