using System.Collections.Immutable;

namespace Switchboard.Chat.Clients;

/// <summary>What a client knows of a server at one moment.</summary>
/// <param name="Nick">Its own.</param>
/// <param name="Support">What the server can do.</param>
/// <param name="Rooms">Those in which it is.</param>
internal sealed record ChatView(string Nick, ChatSupport Support, ImmutableDictionary<string, ChatRoom> Rooms)
{
    /// <summary>How the server names this client to others, as far as it is known.</summary>
    public string? OwnSource { get; init; }

    public static ChatView Of(Registered registered) => new(
        registered.Nick,
        registered.Support,
        ImmutableDictionary.Create<string, ChatRoom>(registered.Support.Names));

    public bool IsOwn(string nick) => Support.AreSame(nick, Nick);

    public ImmutableArray<string> RoomsWith(string nick) =>
        [.. Rooms.Values.Where(room => room.Members.ContainsKey(nick)).Select(room => room.Name)];

    /// <summary>With one room changed, if it is one of them.</summary>
    public ChatView With(string name, Func<ChatRoom, ChatRoom> change) =>
        Rooms.TryGetValue(name, out var room) ? this with { Rooms = Rooms.SetItem(name, change(room)) } : this;

    /// <summary>With all rooms changed in which somebody is.</summary>
    public ChatView WithRoomsOf(
        string nick, Func<ImmutableDictionary<string, string>, ImmutableDictionary<string, string>> change)
    {
        var rooms = Rooms;
        foreach (var (name, room) in Rooms)
        {
            if (room.Members.ContainsKey(nick))
            {
                rooms = rooms.SetItem(name, room with { Members = change(room.Members) });
            }
        }

        return this with { Rooms = rooms };
    }
}
