using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>The peer has finished sending; this end may still go on.</summary>
internal sealed record PeerFinishedEvent(Connection Connection) : ConsoleEvent
{
    public override string Name => "peer-finished";

    public override string Text => "The peer has finished sending. What you type still goes to it; Ctrl-D ends.";

    public override Tone Tone => Tone.Quiet;

    public override void WriteFields(Utf8JsonWriter json) => json.WriteNumber("connection", Connection.Id);
}
