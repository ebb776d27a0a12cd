using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Fetching;

/// <summary>What an earlier fetch had left is of no use.</summary>
/// <param name="Reason">Why, as the rest of a sentence.</param>
internal sealed record StartedOverEvent(string Reason) : ConsoleEvent
{
    public override string Name => "started-over";

    public override string Text => $"Starting over: {Reason}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json) => json.WriteString("reason", Reason);
}
