using System.Globalization;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>CHATHISTORY TARGETS</c>: in which talks something was said.</summary>
internal static class HistoryTargets
{
    private const string TimeMark = "timestamp=";

    public static async ValueTask AnswerAsync(Request request)
    {
        if (!TryReadTime(request[1], out var first)
            || !TryReadTime(request[2], out var second)
            || !int.TryParse(request[3], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            || limit == 0)
        {
            request.Client.AnswerStandard(
                "FAIL", "CHATHISTORY", "INVALID_PARAMS", "TARGETS", "It takes two of timestamp=TIME, and a number");
            return;
        }

        var (after, before) = first <= second ? (first, second) : (second, first);
        var query = new TalkQuery(
            OwnAccount(request.Client), OwnRooms(request), after, before, Math.Min(limit, request.Limits.MaxHistory));
        var talks = await request.Exchange.Store.ReadTalksAsync(query, request.Ended).ConfigureAwait(false);
        HistoryBatch.Send(request, "draft/chathistory-targets", [], talks.Select(each => Line(request, each)));
    }

    public static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.StartsWith(TimeMark, StringComparison.Ordinal)
            && DateTimeOffset.TryParse(
                text.AsSpan(TimeMark.Length), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    private static string? OwnAccount(Client client) =>
        client.Account is { } account ? CaseMapping.Fold(account) : null;

    private static List<string> OwnRooms(Request request)
    {
        using (request.World.Enter())
        {
            return [.. request.Person.Rooms.Keys.Select(each => TalkName.OfRoom(each.Folded))];
        }
    }

    private static Outgoing Line(Request request, StoredTalk talk)
    {
        var target = talk.Talk;
        if (target.Split(' ') is [var one, var other])
        {
            target = one == OwnAccount(request.Client) ? other : one;
        }

        return new Outgoing(
            new ChatMessage("CHATHISTORY", "TARGETS", target, Outgoing.TimeText(talk.Newest))
            {
                Source = request.World.Server,
            },
            request.Now);
    }
}
