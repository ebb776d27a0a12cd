using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Tls;

/// <summary>A warning: the server did not have to prove anything.</summary>
internal sealed record InsecureEvent(Endpoint Endpoint) : ConsoleEvent
{
    public override string Name => "warning";

    public override string Text =>
        $"WARNING: --insecure: {Endpoint} can be anybody. Whoever is on the way can read and change everything; "
        + "use --pin or --ca instead";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("endpoint", $"{Endpoint}");
        json.WriteString("message", Text);
    }
}
