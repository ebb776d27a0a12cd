using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>A conversation in datagrams is over, well or not.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Sent">How many datagrams were sent.</param>
/// <param name="Received">How many came.</param>
internal sealed record DatagramEndedEvent(Ending Ending, long Sent, long Received) : ConsoleEvent
{
    public override string Name => "ended";

    public override string Text => $"Sent {Sent} and received {Received} datagrams";

    public override Tone Tone => Tone.Quiet;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("reason", Ending switch
        {
            Ending.Finished => "finished",
            Ending.Idle => "idle",
            Ending.Interrupted => "interrupted",
            _ => "failed",
        });
        json.WriteNumber("datagramsSent", Sent);
        json.WriteNumber("datagramsReceived", Received);
    }
}
