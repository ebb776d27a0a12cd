using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>Datagrams go to one peer from now on; it need not be there.</summary>
internal sealed record DatagramPeerEvent(Endpoint Local, Endpoint Remote) : ConsoleEvent
{
    public override string Name => "connected";

    public override string Text => $"Datagrams go to {Remote}, from {Local}";

    public override Tone Tone => Tone.Good;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("local", $"{Local}");
        json.WriteString("remote", $"{Remote}");
    }
}
