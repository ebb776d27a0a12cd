using System.Globalization;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.Messages;

namespace Switchboard.Chat.Commands;

/// <summary><c>CHATHISTORY</c>: what was said before in rooms one is in, and in talks of one's account.</summary>
internal static class HistoryCommand
{
    public static async ValueTask RunAsync(Request request)
    {
        try
        {
            await AnswerAsync(request, request[0].ToUpperInvariant()).ConfigureAwait(false);
        }
        catch (ChatStoreException error)
        {
            request.Exchange.Options.Observer?.StoreFailed(error);
            Fail(request, "MESSAGE_ERROR", "The history cannot be read now", request[1]);
        }
    }

    private static ValueTask AnswerAsync(Request request, string subcommand) => subcommand switch
    {
        "TARGETS" => HistoryTargets.AnswerAsync(request),
        "BEFORE" or "AFTER" or "LATEST" or "AROUND" or "BETWEEN" => ShowAsync(request, subcommand),
        _ => RefuseUnknown(request),
    };

    private static async ValueTask ShowAsync(Request request, string subcommand)
    {
        var limitPlace = subcommand == "BETWEEN" ? 4 : 3;
        if (request.Count <= limitPlace)
        {
            Fail(request, "NEED_MORE_PARAMS", "Missing parameters");
            return;
        }

        if (!TryReadLimit(request, limitPlace, out var limit)
            || !TryReadPlace(request[2], subcommand, out var place)
            || !TryReadPlace(limitPlace == 4 ? request[3] : "*", "LATEST", out var other)
            || (subcommand == "BETWEEN" && other is null))
        {
            Fail(request, "INVALID_PARAMS", "A place is msgid=ID or timestamp=TIME, and a limit a number above 0");
            return;
        }

        if (await HistoryTalk.FindAsync(request, request[1]).ConfigureAwait(false) is not { } talk)
        {
            Fail(request, "INVALID_TARGET", "There is no such talk of yours", request[1]);
            return;
        }

        var messages = await ReadAsync(request, subcommand, talk, place, other, limit).ConfigureAwait(false);
        Show(request, request[1], messages);
    }

    private static Task<IReadOnlyList<StoredMessage>> ReadAsync(
        Request request, string subcommand, string talk, HistoryPlace? place, HistoryPlace? other, int limit)
    {
        var query = new HistoryQuery(talk, limit);
        var store = request.Exchange.Store;
        return subcommand switch
        {
            "BEFORE" => store.ReadAsync(query with { Before = place }, request.Ended),
            "LATEST" => store.ReadAsync(query with { After = place }, request.Ended),
            "AFTER" => store.ReadAsync(query with { After = place, Prefer = HistoryEnd.Oldest }, request.Ended),
            "AROUND" => ReadAroundAsync(request, query, place!),
            _ when TimeOf(place!) <= TimeOf(other!) => store.ReadAsync(
                query with { After = place, Before = other, Prefer = HistoryEnd.Oldest }, request.Ended),
            _ => store.ReadAsync(query with { After = other, Before = place }, request.Ended),
        };
    }

    /// <summary>Half before the place, and the rest from the place on, itself included.</summary>
    private static async Task<IReadOnlyList<StoredMessage>> ReadAroundAsync(
        Request request, HistoryQuery query, HistoryPlace place)
    {
        var store = request.Exchange.Store;
        var half = Math.Max(1, query.Limit / 2);
        var before = await store.ReadAsync(query with { Before = place, Limit = half }, request.Ended)
            .ConfigureAwait(false);
        if (query.Limit == half)
        {
            before = [];
        }

        var last = before.Count > 0 ? HistoryPlace.OfMessage(before[^1].Id) : null;
        var rest = last is null && place.Time is { } time ? HistoryPlace.OfTime(time.AddMilliseconds(-1)) : last;
        var after = await store.ReadAsync(
            query with { After = rest, Limit = query.Limit - before.Count, Prefer = HistoryEnd.Oldest },
            request.Ended).ConfigureAwait(false);
        return [.. before, .. after];
    }

    /// <summary>Ids begin with their time, so that places can be compared whatever they are.</summary>
    private static long TimeOf(HistoryPlace place) => place.Time is { } time
        ? time.ToUnixTimeMilliseconds()
        : MessageIds.TimeOf(place.Id!);

    private static bool TryReadLimit(Request request, int place, out int limit)
    {
        var isNumber = int.TryParse(request[place], NumberStyles.None, CultureInfo.InvariantCulture, out limit);
        limit = Math.Min(limit, request.Limits.MaxHistory);
        return isNumber && limit > 0;
    }

    /// <summary>A place; null where <c>LATEST</c> says that it wants none.</summary>
    private static bool TryReadPlace(string text, string subcommand, out HistoryPlace? place)
    {
        place = HistoryTargets.TryReadTime(text, out var time) ? HistoryPlace.OfTime(time)
            : text.StartsWith("msgid=", StringComparison.Ordinal) && text.Length > "msgid=".Length
                ? HistoryPlace.OfMessage(text["msgid=".Length..])
            : null;
        return place is not null || (text == "*" && subcommand == "LATEST");
    }

    private static void Show(Request request, string target, IReadOnlyList<StoredMessage> messages) =>
        HistoryBatch.Send(request, "chathistory", [target], messages.Select(HistoryLine.Of));

    private static ValueTask RefuseUnknown(Request request)
    {
        Fail(request, "INVALID_PARAMS", "There is no such way to ask");
        return default;
    }

    private static void Fail(Request request, string code, string text, params ReadOnlySpan<string> facts) =>
        request.Client.AnswerStandard("FAIL", "CHATHISTORY", [code, request[0], .. facts, text]);
}
