using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>A piece is with the operating system, on its way to the peer.</summary>
internal sealed record SentEvent(Connection Connection, int Bytes) : ConsoleEvent
{
    public override string Name => "sent";

    public override string Text => $"Sent {Amount.OfBytes(Bytes)} to {Connection.Remote}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("connection", Connection.Id);
        json.WriteNumber("bytes", Bytes);
    }
}
