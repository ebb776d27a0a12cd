using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>Writes down what a server knows of its own people. Only under the world's lock.</summary>
internal static class Snapshots
{
    // Of people or rooms in one letter, so that it stays far below the longest.
    private const int MaxTogether = 50;

    public static IReadOnlyList<SnapshotLetter> Take(World world, string run, long lastEvent)
    {
        var people = world.People.Where(each => each.Client is not null).ToList();
        var rooms = people.SelectMany(each => each.Rooms.Keys).Distinct().Select(StateOf).Chunk(MaxTogether).ToList();
        var states = people.Select(StateOf).Chunk(MaxTogether).ToList();
        var parts = Math.Max(1, Math.Max(rooms.Count, states.Count));
        return
        [
            .. Enumerable.Range(0, parts).Select(part => new SnapshotLetter(
                world.Server,
                run,
                lastEvent,
                part + 1,
                parts,
                part < states.Count ? states[part] : [],
                part < rooms.Count ? rooms[part] : [])),
        ];
    }

    private static PersonState StateOf(Person person)
    {
        var arrival = new PersonArrived(
            person.Id, person.Server, person.Nick, person.User, person.Host, person.RealName, person.Account,
            person.Arrived)
        {
            IsEncrypted = person.IsEncrypted,
            Certificate = person.Certificate,
            Named = person.Named,
        };
        return new PersonState(
            arrival,
            person.Away,
            person.IsInvisible,
            person.IsBot,
            [.. person.Rooms.Values.Select(each => new MemberState(each.Room.Name, each.Standing))]);
    }

    private static RoomState StateOf(Room room) => new(
        room.Name,
        room.Created,
        room.Topic,
        room.TopicSetBy,
        room.TopicSet,
        room.Flags,
        room.Key,
        room.Limit,
        [.. room.Stamps.Select(each => new LetterStamp(each.Key, each.Value.Time, each.Value.By))],
        [.. room.Bans],
        [.. room.BanExceptions],
        [.. room.InviteExceptions]);
}
