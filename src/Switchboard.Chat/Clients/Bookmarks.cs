namespace Switchboard.Chat.Clients;

/// <summary>
/// How far each talk was read. While a talk catches up after a reconnect, what is said in it just now is held, so that
/// it comes behind what was missed.
/// </summary>
/// <param name="capacity">
/// How many messages of one talk are held, of how many talks the place is known, and of how many messages is known that
/// the history has told them.
/// </param>
/// <param name="names">When names are the same.</param>
internal sealed class Bookmarks(int capacity, IEqualityComparer<string> names)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Bookmark> _places = new(names);
    private readonly Dictionary<string, List<ChatSaid>> _held = new(names);
    private readonly HashSet<string> _told = [];
    private readonly Queue<string> _toldInOrder = new();
    private Predicate<ChatSaid>? _isHeldToo;

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

    /// <summary>
    /// From now on what is said in any talk that was not read from before is held as well: what was missed in it comes
    /// first, once that is known.
    /// </summary>
    /// <param name="which">Where that may be.</param>
    public void HoldNewTalks(Predicate<ChatSaid> which)
    {
        lock (_lock)
        {
            _isHeldToo = which;
        }
    }

    /// <summary>Holds no other talks any more.</summary>
    /// <returns>Those that are held.</returns>
    public IReadOnlyList<string> HoldNoNewTalks()
    {
        lock (_lock)
        {
            _isHeldToo = null;
            return [.. _held.Keys];
        }
    }

    public bool TryHold(ChatSaid said)
    {
        lock (_lock)
        {
            if (IsNew(said))
            {
                _held.Add(said.Talk, []);
            }

            if (!_held.TryGetValue(said.Talk, out var held) || held.Count >= capacity)
            {
                return false;
            }

            held.Add(said);
            return true;
        }
    }

    /// <summary>
    /// Takes what was held since the last time. What is said while that is told is held too, or it would overtake:
    /// nothing is held any more only once there was nothing to take.
    /// </summary>
    public bool TryTakeHeld(string talk, out IReadOnlyList<ChatSaid> held)
    {
        lock (_lock)
        {
            if (_held.TryGetValue(talk, out var waiting) && waiting.Count > 0)
            {
                (_held[talk], held) = ([], waiting);
                return true;
            }

            _held.Remove(talk);
            held = [];
            return false;
        }
    }

    /// <summary>Notes that the history has told a message.</summary>
    public void NoteTold(ChatSaid missed)
    {
        lock (_lock)
        {
            if (missed.Id is not { } id || !_told.Add(id))
            {
                return;
            }

            _toldInOrder.Enqueue(id);
            if (_told.Count > capacity)
            {
                _told.Remove(_toldInOrder.Dequeue());
            }
        }
    }

    /// <summary>
    /// Whether the history has told it: a server may have what is said in its history before, or after, it says it.
    /// </summary>
    public bool WasTold(ChatSaid said)
    {
        lock (_lock)
        {
            return said.Id is { } id && _told.Contains(id);
        }
    }

    private bool IsNew(ChatSaid said) =>
        _isHeldToo?.Invoke(said) == true && _held.Count < capacity
        && !_held.ContainsKey(said.Talk) && !_places.ContainsKey(said.Talk);
}
