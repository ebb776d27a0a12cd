namespace Switchboard.Chat.Storing.Memory;

/// <summary>Messages in the order in which they are read. Its owner locks.</summary>
internal sealed class MemoryMessages(MemoryChatStoreLimits limits)
{
    private static readonly Comparer<StoredMessage> ByPlace = Comparer<StoredMessage>.Create(static (one, other) =>
        one.Time != other.Time ? one.Time.CompareTo(other.Time) : string.CompareOrdinal(one.Id, other.Id));

    private readonly Dictionary<string, StoredMessage> _byId = [];
    private readonly Dictionary<string, SortedSet<StoredMessage>> _talks = [];
    private readonly SortedSet<StoredMessage> _all = new(ByPlace);

    public int Append(IReadOnlyList<StoredMessage> messages)
    {
        var ids = new HashSet<string>();
        if (messages.FirstOrDefault(message => _byId.ContainsKey(message.Id) || !ids.Add(message.Id)) is { } taken)
        {
            throw new ChatStoreException(
                $"Cannot keep messages in memory: there is a message of the id {taken.Id} already.");
        }

        foreach (var message in messages)
        {
            Add(message);
        }

        return messages.Count;
    }

    public IReadOnlyList<StoredMessage> Read(HistoryQuery query)
    {
        if (!_talks.TryGetValue(query.Talk, out var talk)
            || !IsKept(query.After, query)
            || !IsKept(query.Before, query))
        {
            return [];
        }

        var found = (query.Prefer is HistoryEnd.Newest ? talk.Reverse() : talk)
            .Where(message => query.After is null || Compare(message, query.After) > 0)
            .Where(message => query.Before is null || Compare(message, query.Before) < 0)
            .Take(query.Limit)
            .ToList();

        return query.Prefer is HistoryEnd.Newest ? [.. found.AsEnumerable().Reverse()] : found;
    }

    public IReadOnlyList<StoredTalk> ReadTalks(TalkQuery query)
    {
        var members = query.Rooms.Prepend(query.Account).OfType<string>().ToHashSet();
        var talks =
            from talk in _talks
            let newest = talk.Value.Max!.Time
            where newest > query.After && newest < query.Before
            where TalkName.MembersOf(talk.Key).Any(members.Contains)
            select new StoredTalk(talk.Key, newest);

        return StoredTalks.First(talks, query.Limit);
    }

    public bool Has(string id) => _byId.ContainsKey(id);

    public IReadOnlyList<StoredTalk> ReadNewestTalks(int limit) =>
    [
        .. _talks.Select(talk => new StoredTalk(talk.Key, talk.Value.Max!.Time))
            .OrderByDescending(talk => talk.Newest).ThenBy(talk => talk.Talk, StringComparer.Ordinal).Take(limit),
    ];

    public long ForgetBefore(DateTimeOffset time)
    {
        long forgotten = 0;
        for (; _all.Min is { } oldest && oldest.Time < time; forgotten++)
        {
            Remove(oldest);
        }

        return forgotten;
    }

    private void Add(StoredMessage message)
    {
        if (!_talks.TryGetValue(message.Talk, out var talk))
        {
            _talks.Add(message.Talk, talk = new SortedSet<StoredMessage>(ByPlace));
        }

        _byId.Add(message.Id, message);
        _all.Add(message);
        talk.Add(message);
        if (talk.Count > limits.MaxMessagesPerTalk)
        {
            Remove(talk.Min!);
        }

        if (_all.Count > limits.MaxMessages)
        {
            Remove(_all.Min!);
        }
    }

    private void Remove(StoredMessage message)
    {
        var talk = _talks[message.Talk];
        talk.Remove(message);
        if (talk.Count == 0)
        {
            _talks.Remove(message.Talk);
        }

        _all.Remove(message);
        _byId.Remove(message.Id);
    }

    private bool IsKept(HistoryPlace? place, HistoryQuery query) =>
        place?.Id is not { } id || (_byId.TryGetValue(id, out var message) && message.Talk == query.Talk);

    private int Compare(StoredMessage message, HistoryPlace place) => place is { Id: { } id }
        ? ByPlace.Compare(message, _byId[id])
        : message.Time.CompareTo(place.Time!.Value);
}
