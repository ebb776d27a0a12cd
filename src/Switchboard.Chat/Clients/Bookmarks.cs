namespace Switchboard.Chat.Clients;

/// <summary>
/// How far each talk was read. While a talk catches up after a reconnect, what is said in it just now is held, so that
/// it comes behind what was missed.
/// </summary>
/// <param name="capacity">How many messages of one talk are held, and of how many talks the place is known.</param>
/// <param name="names">When names are the same.</param>
internal sealed class Bookmarks(int capacity, IEqualityComparer<string> names)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Bookmark> _places = new(names);
    private readonly Dictionary<string, List<ChatSaid>> _held = new(names);

    /// <summary>The talks that were read from.</summary>
    public IReadOnlyList<string> Talks
    {
        get
        {
            lock (_lock)
            {
                return [.. _places.Keys];
            }
        }
    }

    public Bookmark? Find(string talk)
    {
        lock (_lock)
        {
            return _places.GetValueOrDefault(talk);
        }
    }

    public void Note(ChatSaid said)
    {
        lock (_lock)
        {
            if (_places.Count < capacity || _places.ContainsKey(said.Talk))
            {
                _places[said.Talk] = new Bookmark(said.Id, said.Time);
            }
        }
    }

    /// <summary>From now on what is said there is held.</summary>
    public void Hold(string talk)
    {
        lock (_lock)
        {
            _held.TryAdd(talk, []);
        }
    }

    public bool TryHold(ChatSaid said)
    {
        lock (_lock)
        {
            if (!_held.TryGetValue(said.Talk, out var held) || held.Count >= capacity)
            {
                return false;
            }

            held.Add(said);
            return true;
        }
    }

    /// <summary>What was held; from now on nothing is.</summary>
    public IReadOnlyList<ChatSaid> Release(string talk)
    {
        lock (_lock)
        {
            return _held.Remove(talk, out var held) ? held : [];
        }
    }
}
