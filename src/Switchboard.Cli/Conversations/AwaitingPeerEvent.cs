using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>Peers can connect from now on.</summary>
internal sealed record AwaitingPeerEvent(Endpoint Local) : ConsoleEvent
{
    public override string Name => "listening";

    public override string Text => $"Listening at {Local}";

    public override Tone Tone => Tone.Good;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("endpoint", Local.ToString());
        if (Local is HostEndpoint host)
        {
            json.WriteNumber("port", host.Port);
        }
    }
}
