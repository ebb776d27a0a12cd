using System.Text.Json;
using System.Text.Unicode;

namespace Switchboard.Board.Events;

/// <summary>Bytes in an event: as <c>text</c> if they are UTF-8, and as <c>base64</c> if not.</summary>
internal static class PieceFields
{
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> piece)
    {
        json.WriteNumber("bytes", piece.Length);
        if (Utf8.IsValid(piece))
        {
            json.WriteString("text", piece);
        }
        else
        {
            json.WriteBase64String("base64", piece);
        }
    }
}
