using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A server accepts nobody for now.</summary>
internal sealed record AcceptPausedEvent(string Service, string Reason) : ConsoleEvent
{
    public override string Name => "accept-paused";

    public override string Text => $"{Service} lets peers wait: {Reason}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteString("reason", Reason);
    }
}
