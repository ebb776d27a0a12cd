using System.Text.Json;
using Switchboard.Board.Events;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// A piece came. The JSON has it as <c>text</c> if it is UTF-8, and as <c>base64</c> if not, as when a character was
/// cut in two.
/// </summary>
/// <param name="Connection">Where from.</param>
/// <param name="Piece">Borrowed: the event is written before the next receive.</param>
internal sealed record ReceivedEvent(Connection Connection, ReadOnlyMemory<byte> Piece) : ConsoleEvent
{
    public override string Name => "received";

    public override string Text => $"Received {Amount.OfBytes(Piece.Length)} from {Connection.Remote}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("connection", Connection.Id);
        PieceFields.Write(json, Piece.Span);
    }
}
