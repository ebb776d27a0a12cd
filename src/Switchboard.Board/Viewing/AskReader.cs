using System.Text.Json;

namespace Switchboard.Board.Viewing;

/// <summary>Reads what a page says: one JSON object a message. What is odd is refused and never believed.</summary>
internal static class AskReader
{
    /// <summary>The longest message that a page has to send.</summary>
    public const int MaxBytes = 4096;

    private const int MaxSearch = 200;

    private static readonly JsonDocumentOptions Plain = new() { MaxDepth = 4 };

    /// <returns>What it wants; null if that cannot be understood.</returns>
    public static PageWish? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var json = JsonDocument.Parse(message, Plain);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static PageWish? Read(JsonElement wish) => TextOf(wish, "ask") switch
    {
        "view" => new PageWish(PageWishKind.View, ReadView(wish)),
        "kick" => new PageWish(PageWishKind.Kick, Number: NumberOf(wish, "n")),
        "follow" => new PageWish(PageWishKind.Follow, Number: NumberOf(wish, "n")),
        _ => null,
    };

    private static ViewAsk ReadView(JsonElement wish) => new()
    {
        Kind = KindOf(TextOf(wish, "kind")),
        OwnOnly = wish.TryGetProperty("own", out var own) && own.ValueKind == JsonValueKind.True,
        Search = Shortened(TextOf(wish, "search")).ToLowerInvariant(),
        State = Shortened(TextOf(wish, "state")),
        Listener = NumberOf(wish, "listener"),
        Order = OrderOf(TextOf(wish, "order")),
        First = (int)Math.Clamp(NumberOf(wish, "first"), 0, int.MaxValue),
        Count = NumberOf(wish, "count") is > 0 and var count
            ? (int)Math.Min(count, ViewAsk.MaxRows)
            : ViewAsk.UsualRows,
        Anew = NumberOf(wish, "anew"),
        Asked = NumberOf(wish, "asked"),
        Selected = NumberOf(wish, "selected"),
    };

    private static string Shortened(string text) => text.Length > MaxSearch ? text[..MaxSearch] : text;

    private static ViewKind KindOf(string name) => name switch
    {
        "all" => ViewKind.All,
        "tcp" => ViewKind.Tcp,
        "udp" => ViewKind.Udp,
        "unix" => ViewKind.Unix,
        _ => ViewKind.Usual,
    };

    private static ViewOrder OrderOf(string name) => name switch
    {
        "oldest" => ViewOrder.Oldest,
        "rate" => ViewOrder.Rate,
        "bytes" => ViewOrder.Bytes,
        "queued" => ViewOrder.Queued,
        "roundTrip" => ViewOrder.RoundTrip,
        "retransmits" => ViewOrder.Retransmits,
        _ => ViewOrder.Newest,
    };

    private static string TextOf(JsonElement wish, string name) =>
        wish.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static long NumberOf(JsonElement wish, string name) =>
        wish.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number)
            ? number
            : 0;
}
