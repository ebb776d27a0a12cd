namespace Switchboard.Chat.Tests.Storing;

/// <summary>What a store has to answer, said as simply as can be.</summary>
internal static class PlainList
{
    public static IReadOnlyList<StoredMessage> Read(IReadOnlyList<StoredMessage> messages, HistoryQuery query)
    {
        var talk = messages.Where(message => message.Talk == query.Talk)
            .OrderBy(message => message.Time).ThenBy(message => message.Id, StringComparer.Ordinal).ToList();
        var found = talk.Where(message => query.After is null || Compare(message, query.After, talk) is > 0)
            .Where(message => query.Before is null || Compare(message, query.Before, talk) is < 0).ToList();

        return query.Prefer is HistoryEnd.Newest
            ? [.. found.Skip(Math.Max(0, found.Count - query.Limit))]
            : [.. found.Take(query.Limit)];
    }

    // Null, which is neither, for a message that is not there.
    private static int? Compare(StoredMessage message, HistoryPlace place, List<StoredMessage> talk)
    {
        if (place.Time is { } time)
        {
            return message.Time.CompareTo(time);
        }

        var at = talk.FindIndex(other => other.Id == place.Id);

        return at < 0 ? null : talk.IndexOf(message).CompareTo(at);
    }
}
