using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>A signal came; the conversation is brought to its end.</summary>
internal sealed record InterruptedEvent(TimeSpan Patience) : ConsoleEvent
{
    public override string Name => "interrupted";

    public override string Text =>
        $"Interrupted: finished sending; what the peer still sends is waited for, up to {Amount.OfTime(Patience)}. "
        + "Ctrl-C again ends at once.";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json) =>
        json.WriteNumber("waitSeconds", Patience.TotalSeconds);
}
