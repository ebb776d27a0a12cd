using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>Connecting failed and will be tried again.</summary>
/// <param name="Problem">Why it failed.</param>
/// <param name="Delay">How long it is waited before the next try.</param>
/// <param name="Left">How many tries are left.</param>
internal sealed record RetryingEvent(string Problem, TimeSpan Delay, int Left) : ConsoleEvent
{
    public override string Name => "retrying";

    public override string Text =>
        $"{Problem} Trying again in {Amount.OfTime(Delay)}, {Left} more {(Left == 1 ? "time" : "times")}.";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("problem", Problem);
        json.WriteNumber("delaySeconds", Delay.TotalSeconds);
        json.WriteNumber("left", Left);
    }
}
