using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Fetching;

/// <summary>A connection with a web server was made.</summary>
internal sealed record FetchConnectedEvent(Connection Connection) : ConsoleEvent
{
    public override string Name => "connected";

    public override string Text => $"Connected: {Connection}{TlsFields.TextOf(Connection.Tls)}";

    public override Tone Tone => Tone.Good;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("connection", Connection.Id);
        json.WriteString("local", Connection.Local.ToString());
        json.WriteString("remote", Connection.Remote.ToString());
        TlsFields.Write(json, Connection.Tls);
    }
}
