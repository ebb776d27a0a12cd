using System.Text.Json;
using Switchboard.Board.Events;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>A datagram came. The JSON has it as <c>text</c> if it is UTF-8, and as <c>base64</c> if not.</summary>
/// <param name="Received">What is known of it.</param>
/// <param name="Bytes">Borrowed: the event is written before the next receive.</param>
internal sealed record DatagramReceivedEvent(ReceivedDatagram Received, ReadOnlyMemory<byte> Bytes) : ConsoleEvent
{
    public override string Name => "received";

    public override string Text => Bytes.IsEmpty ? $"From {Received.From}: an empty datagram"
        : Received.IsTruncated ? $"From {Received.From}, only the first {Amount.OfBytes(Bytes.Length)}:"
        : $"From {Received.From}:";

    public override Tone Tone => Received.IsTruncated ? Tone.Warning : Tone.Quiet;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("remote", $"{Received.From}");
        json.WriteBoolean("truncated", Received.IsTruncated);
        PieceFields.Write(json, Bytes.Span);
    }
}
