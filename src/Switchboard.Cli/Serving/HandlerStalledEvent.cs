using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A handler kept an event loop from other connections; it has been moved to a thread of its own.</summary>
internal sealed record HandlerStalledEvent(string Service, long Connection, Endpoint Remote) : ConsoleEvent
{
    public override string Name => "handler-stalled";

    public override string Text => $"{Service} #{Connection} blocks: it runs beside the others now";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteNumber("connection", Connection);
        json.WriteString("remote", $"{Remote}");
    }
}
