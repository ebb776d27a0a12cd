using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>A datagram is with the operating system. Nobody says whether it arrives.</summary>
internal sealed record DatagramSentEvent(Endpoint Remote, int Bytes) : ConsoleEvent
{
    public override string Name => "sent";

    public override string Text => $"Sent {Amount.OfBytes(Bytes)} to {Remote}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("remote", $"{Remote}");
        json.WriteNumber("bytes", Bytes);
    }
}
