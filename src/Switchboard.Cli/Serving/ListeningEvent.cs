using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>Peers can connect now. Scripts wait for this event and take the port from it.</summary>
internal sealed record ListeningEvent(string Service, Endpoint Endpoint, string Engine) : ConsoleEvent
{
    public override string Name => "listening";

    public override string Text => $"{Service} listens at {Endpoint}";

    public override Tone Tone => Tone.Good;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteString("endpoint", $"{Endpoint}");
        if (Endpoint is HostEndpoint host)
        {
            json.WriteNumber("port", host.Port);
        }

        json.WriteString("engine", Engine);
    }
}
