using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Transfers;

/// <summary>A sender has gone before everything was there; it may come back with the same ticket.</summary>
internal sealed record InterruptedTransferEvent(string Problem) : ConsoleEvent
{
    public override string Name => "interrupted";

    public override string Text => $"Interrupted: {Problem} Waiting for the sender: what has arrived is kept";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json) => json.WriteString("reason", Problem);
}
