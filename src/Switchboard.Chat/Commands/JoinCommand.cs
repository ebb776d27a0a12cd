using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>JOIN</c>: into rooms.</summary>
internal static class JoinCommand
{
    public static void Run(Request request)
    {
        if (request[0] == "0")
        {
            PartCommand.PartAll(request);
            return;
        }

        var keys = request[1].Split(',');
        var names = request.List(0);
        for (var place = 0; place < names.Length; place++)
        {
            Join(request, names[place], place < keys.Length ? keys[place] : "");
        }
    }

    private static void Join(Request request, string name, string key)
    {
        var (client, limits) = (request.Client, request.Limits);
        if (!NameRules.IsRoom(name, limits.MaxRoomNameLength))
        {
            client.Answer(Numerics.NoSuchRoom, name);
            return;
        }

        var room = request.World.FindRoom(name);
        if (room is not null && room.Members.ContainsKey(request.Person))
        {
            return;
        }

        if (request.Person.Rooms.Count >= limits.MaxRoomsPerPerson
            || (room is null && request.World.Rooms.Count >= limits.MaxRooms))
        {
            client.Answer(Numerics.TooManyRooms, name);
            return;
        }

        if (room is not null && Objection(request, room, key) is { } objection)
        {
            client.Answer(objection, room.Name);
            return;
        }

        var standing = room is null ? Standing.Operator : Standing.None;
        request.World.Apply(new PersonJoined(request.Person.Id, room?.Name ?? name, standing, request.Now));
        Show(request, request.World.FindRoom(name)!);
    }

    /// <summary>Why a person may not come in; null if it may.</summary>
    private static Numeric? Objection(Request request, Room room, string key)
    {
        if (room.Members.Count >= request.Limits.MaxMembersPerRoom)
        {
            return Numerics.RoomIsFull;
        }

        var person = request.Person;
        return person.Invitations.Contains(room) ? null
            : room.IsBanned(person) ? Numerics.Banned
            : room.Is(RoomFlags.InviteOnly) && !room.LetsInUninvited(person) ? Numerics.InviteOnly
            : room.Key is { } wanted && wanted != key ? Numerics.WrongKey
            : room.Members.Count >= room.Limit ? Numerics.RoomIsFull
            : null;
    }

    private static void Show(Request request, Room room)
    {
        if (room.Topic.Length > 0)
        {
            TopicCommand.Show(request.Client, room);
        }

        NamesCommand.Show(request, room);
    }
}
