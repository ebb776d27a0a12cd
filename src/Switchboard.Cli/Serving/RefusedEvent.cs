using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A peer had too many connections, and one more was reset.</summary>
internal sealed record RefusedEvent(string Service, Endpoint Remote) : ConsoleEvent
{
    public override string Name => "refused";

    public override string Text => $"{Service} refused {Remote}: its address has too many connections";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteString("remote", $"{Remote}");
    }
}
