using System.Text;

namespace Switchboard.Chat.Clients;

/// <summary>Cuts what is to be said into lines that the protocol can carry.</summary>
internal static class MessagePieces
{
    // With its line end, and with the sender's address that the server puts before it for everybody else.
    private const int MaxLine = 512;
    private const int LongestAddress = 64 + 10 + 3;
    private const int Shortest = 50;

    /// <param name="text">May have several lines, however long; empty ones are left out.</param>
    /// <param name="overhead">The bytes around the text in a line of the protocol.</param>
    /// <param name="view">Knows how the server names this client.</param>
    public static IEnumerable<string> Of(string text, int overhead, ChatView view)
    {
        var address = view.OwnSource is { } source
            ? Encoding.UTF8.GetByteCount(source)
            : Encoding.UTF8.GetByteCount(view.Nick) + LongestAddress;
        var room = Math.Max(MaxLine - address - overhead, Shortest);
        return text.Split(["\r\n", "\n", "\r"], StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Replace("\0", "", StringComparison.Ordinal))
            .SelectMany(line => Cut(line, room));
    }

    private static IEnumerable<string> Cut(string line, int maxBytes)
    {
        var rest = line;
        while (Encoding.UTF8.GetByteCount(rest) > maxBytes)
        {
            var end = EndWithin(rest, maxBytes);
            yield return rest[..end];
            rest = rest[end..].TrimStart(' ');
        }

        if (rest.Length > 0)
        {
            yield return rest;
        }
    }

    /// <summary>Where to cut: behind the last whole word that fits, or else in the middle of a long one.</summary>
    private static int EndWithin(string text, int maxBytes)
    {
        var bytes = 0;
        var (end, space) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            space = rune.Value == ' ' && end > 0 ? end : space;
            end += rune.Utf16SequenceLength;
        }

        return space > end / 2 ? space : end;
    }
}
