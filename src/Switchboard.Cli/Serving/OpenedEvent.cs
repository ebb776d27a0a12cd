using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A server accepted a connection.</summary>
internal sealed record OpenedEvent(string Service, long Connection, Endpoint Remote) : ConsoleEvent
{
    public override string Name => "opened";

    public override string Text => $"{Service} #{Connection} opened by {Remote}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteNumber("connection", Connection);
        json.WriteString("remote", $"{Remote}");
    }
}
