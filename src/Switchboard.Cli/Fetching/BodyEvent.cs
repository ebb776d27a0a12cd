using System.Text.Json;
using Switchboard.Board.Events;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Fetching;

/// <summary>
/// A piece of the body. The JSON has it as <c>text</c> if it is UTF-8, and as <c>base64</c> if not, as when a character
/// was cut in two.
/// </summary>
/// <param name="Piece">Borrowed: the event is written before the next piece is received.</param>
internal sealed record BodyEvent(ReadOnlyMemory<byte> Piece) : ConsoleEvent
{
    public override string Name => "received";

    public override string Text => $"Received {ByteText.Show(Piece.Length)}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        PieceFields.Write(json, Piece.Span);
    }
}
