using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A server accepted a connection.</summary>
internal sealed record OpenedEvent(string Service, long Connection, Endpoint Remote, TlsDetails? Tls = null)
    : ConsoleEvent
{
    public override string Name => "opened";

    public override string Text => $"{Service} #{Connection} opened by {Remote}{TlsFields.TextOf(Tls)}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteNumber("connection", Connection);
        json.WriteString("remote", $"{Remote}");
        TlsFields.Write(json, Tls);
    }
}
