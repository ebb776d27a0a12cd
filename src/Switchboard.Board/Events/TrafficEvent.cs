using System.Text.Json;

namespace Switchboard.Board.Events;

/// <summary>One thing that a connection did.</summary>
/// <param name="Name">What the log calls it.</param>
/// <param name="Time">When.</param>
/// <param name="Connection">Which.</param>
internal sealed record TrafficEvent(string Name, DateTimeOffset Time, long Connection)
{
    /// <summary>The bytes that came or went; null where there are none.</summary>
    public byte[]? Piece { get; init; }

    /// <summary>How many bytes were asked for, or left out.</summary>
    public long? Bytes { get; init; }

    /// <summary>How it ended; null where it did not.</summary>
    public ConnectionEnd? End { get; init; }

    /// <summary>Writes the line, without its end.</summary>
    public void Write(Utf8JsonWriter json)
    {
        EventLine.Begin(json, Name, Time);
        json.WriteNumber("connection", Connection);
        if (Piece is not null)
        {
            PieceFields.Write(json, Piece);
        }
        else if (Bytes is { } bytes)
        {
            json.WriteNumber("bytes", bytes);
        }

        if (End is not null)
        {
            Write(json, End);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ConnectionEnd end)
    {
        json.WriteString("reason", EndWord.Of(end.Reason));
        json.WriteNumber("bytesReceived", end.BytesReceived);
        json.WriteNumber("bytesSent", end.BytesSent);
        json.WriteNumber("seconds", Math.Round(end.Age.TotalSeconds, digits: 6));
        json.WriteString("error", end.Error?.Message);
    }
}
