using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>Peers can connect now. Scripts wait for this event and take the port from it.</summary>
internal sealed record ListeningEvent(string Service, Endpoint Endpoint, string Engine) : ConsoleEvent
{
    /// <summary>What to type into a browser; null where that helps nobody.</summary>
    public string? Url { get; init; }

    public override string Name => "listening";

    public override string Text => $"{Service} listens at {Endpoint}{(Url is null ? "" : $", for browsers at {Url}")}";

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
        if (Url is not null)
        {
            json.WriteString("url", Url);
        }
    }
}
