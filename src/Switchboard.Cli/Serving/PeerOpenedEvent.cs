using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>An address has sent its first datagram to a relay.</summary>
internal sealed record PeerOpenedEvent(string Service, Endpoint Remote) : ConsoleEvent
{
    public override string Name => "opened";

    public override string Text => $"{Service} opened by {Remote}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteString("remote", $"{Remote}");
    }
}
