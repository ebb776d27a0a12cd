using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>A conversation is over, well or not.</summary>
/// <param name="Connection">Closed by now.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="First">Who finished sending first, if both did.</param>
internal sealed record EndedEvent(Connection Connection, Ending Ending, Finisher First) : ConsoleEvent
{
    public override string Name => "ended";

    public override string Text
    {
        get
        {
            var done = Connection.GetStatistics();
            var counts = $"Sent {Amount.OfBytes(done.BytesSent)}, received {Amount.OfBytes(done.BytesReceived)} "
                + $"in {Amount.OfTime(done.Age)}";
            return First switch
            {
                Finisher.Peer => $"{counts}; the peer finished first",
                Finisher.ThisEnd => $"{counts}; this end finished first",
                _ => counts,
            };
        }
    }

    public override Tone Tone => Tone.Quiet;

    public override void WriteFields(Utf8JsonWriter json)
    {
        var done = Connection.GetStatistics();
        json.WriteNumber("connection", Connection.Id);
        json.WriteString("reason", ReasonOf(Ending));
        json.WriteNumber("sent", done.BytesSent);
        json.WriteNumber("received", done.BytesReceived);
        json.WriteNumber("seconds", Math.Round(done.Age.TotalSeconds, digits: 6));
    }

    private static string ReasonOf(Ending ending) => ending switch
    {
        Ending.Finished => "finished",
        Ending.PeerReset => "peer-reset",
        Ending.Idle => "idle",
        Ending.Interrupted => "interrupted",
        _ => "failed",
    };
}
