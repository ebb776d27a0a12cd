using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A warning: a server listens on all addresses of this machine.</summary>
internal sealed record ExposedEvent(string Service, Endpoint Endpoint) : ConsoleEvent
{
    public override string Name => "warning";

    public override string Text =>
        $"warning: everyone who can reach this machine can connect to {Service} at {Endpoint}; "
        + "write :PORT to serve this machine only";

    public override Tone Tone => Tone.Warning;

    /// <summary>Whether an endpoint deserves the warning.</summary>
    public static bool IsDue(Endpoint endpoint) => endpoint is HostEndpoint { IsAnyAddress: true };

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteString("endpoint", $"{Endpoint}");
        json.WriteString("message", Text);
    }
}
