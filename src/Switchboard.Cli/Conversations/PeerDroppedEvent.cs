using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>One of many peers is served no longer, because it was too slow or its conversation failed.</summary>
internal sealed record PeerDroppedEvent(Connection Connection, string Why) : ConsoleEvent
{
    public override string Name => "peer-dropped";

    public override string Text => $"Dropped {Connection.Remote}: {Why}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("connection", Connection.Id);
        json.WriteString("remote", Connection.Remote.ToString());
        json.WriteString("why", Why);
    }
}
