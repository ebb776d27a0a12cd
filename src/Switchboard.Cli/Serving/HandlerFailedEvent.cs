using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A handler threw an exception that no peer caused.</summary>
internal sealed record HandlerFailedEvent(string Service, long Connection, Endpoint Remote, string Problem)
    : ConsoleEvent
{
    public override string Name => "handler-failed";

    public override string Text => $"{Service} #{Connection} failed: {Problem}";

    public override Tone Tone => Tone.Bad;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteNumber("connection", Connection);
        json.WriteString("remote", $"{Remote}");
        json.WriteString("problem", Problem);
    }
}
