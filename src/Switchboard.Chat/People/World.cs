using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.People;

/// <summary>
/// Who is here, and which rooms there are. Everything in it is read and changed under one lock, which
/// <see cref="Enter"/> takes, and changed by <see cref="Apply"/> alone.
/// </summary>
internal sealed partial class World(ChatOptions options)
{
    private readonly Dictionary<string, Person> _people = [];
    private readonly Dictionary<string, Person> _byNick = [];
    private readonly Dictionary<string, List<Person>> _byAccount = [];
    private readonly Dictionary<string, Room> _rooms = [];
    private readonly Dictionary<string, int> _servers = new() { [options.Name] = 0 };
    private readonly LinkedList<WhoWasEntry> _whoWas = [];
    private Action<ChatObserver>? _observed;
    private long _lastPerson;
    private long _tellings;

    public Lock Lock { get; } = new();

    public ChatObserver? Observer => options.Observer;

    public string Server => options.Name;

    public IReadOnlyCollection<Person> People => _people.Values;

    public IReadOnlyCollection<Room> Rooms => _rooms.Values;

    /// <summary>How many people are on this server itself.</summary>
    public int LocalPeople => _servers[Server];

    public int Servers => _servers.Count;

    public int InvisiblePeople { get; private set; }

    /// <summary>The most people that were here at once.</summary>
    public int MostPeople { get; private set; }

    /// <summary>Takes the lock, for nobody in particular or while a line of this client is handled.</summary>
    public WorldTurn Enter(Client? acting = null) => new(this, acting);

    /// <summary>
    /// Is given each change that this server makes, behind the change and under the lock; null for nobody.
    /// </summary>
    public Action<WorldEvent>? Shared { get; set; }

    /// <summary>The one way to change anything.</summary>
    public void Apply(WorldEvent happened)
    {
        happened.Apply(this);
        Shared?.Invoke(happened);
    }

    /// <summary>Applies what another server has told, and tells no server of it.</summary>
    public void ApplyForeign(WorldEvent happened) => happened.Apply(this);

    public string NextPersonId() => string.Create(CultureInfo.InvariantCulture, $"{Server}/{++_lastPerson}");

    public bool TryFindPerson(string id, [NotNullWhen(true)] out Person? person) =>
        _people.TryGetValue(id, out person);

    public Person? FindNick(string nick) => _byNick.GetValueOrDefault(CaseMapping.Fold(nick));

    /// <summary>Everybody who is signed in to an account.</summary>
    public IReadOnlyList<Person> FindAccount(string account) =>
        _byAccount.TryGetValue(CaseMapping.Fold(account), out var people) ? people : [];

    public Room? FindRoom(string name) => _rooms.GetValueOrDefault(CaseMapping.Fold(name));

    public IEnumerable<WhoWasEntry> FindWhoWas(string nick)
    {
        var folded = CaseMapping.Fold(nick);
        return _whoWas.Where(each => each.FoldedNick == folded);
    }

    /// <summary>Tells whoever watches, once the lock is free.</summary>
    public void Observe(Action<ChatObserver> told)
    {
        if (Observer is not null)
        {
            _observed += told;
        }
    }

    /// <summary>What an observer throws is its own affair: nobody who chats has done anything wrong.</summary>
    public static void Tell(Action<ChatObserver> observed, ChatObserver observer)
    {
        try
        {
            observed(observer);
        }
#pragma warning disable CA1031 // It is somebody else's code, and may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    public Action<ChatObserver>? TakeObserved()
    {
        var observed = _observed;
        _observed = null;
        return observed;
    }

    /// <summary>Tells everybody who shares a room with a person once, but not the person itself.</summary>
    public void TellNeighbours(Person person, Outgoing outgoing, Capabilities needed = Capabilities.None)
    {
        person.Told = ++_tellings;
        foreach (var room in person.Rooms.Keys)
        {
            var when = room.Pace.Next();
            foreach (var neighbour in room.Members.Keys)
            {
                if (neighbour.Told != _tellings && neighbour.Client is { } client && client.Has(needed))
                {
                    client.Deliver(outgoing, when);
                }

                neighbour.Told = _tellings;
            }
        }
    }

    /// <summary>Tells everybody who is on this server, in the server's name.</summary>
    public void Announce(DateTimeOffset time, string text)
    {
        foreach (var person in _people.Values)
        {
            person.Client?.Deliver(FromServer(time, "NOTICE", person.Nick, text));
        }
    }

    /// <summary>What this server itself says.</summary>
    public Outgoing FromServer(DateTimeOffset time, string command, params ImmutableArray<string> parameters) =>
        new(new ChatMessage(command, parameters) { Source = Server }, time);

    public static bool ShareRoom(Person person, Person other)
    {
        foreach (var room in person.Rooms.Keys)
        {
            if (room.Members.ContainsKey(other))
            {
                return true;
            }
        }

        return false;
    }
}
