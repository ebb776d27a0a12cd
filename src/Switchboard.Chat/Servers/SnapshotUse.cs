using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>
/// Makes the world what a server's snapshot says of its people, and shows what is new by it: nothing, if nothing was
/// missed. Only under the world's lock.
/// </summary>
internal sealed class SnapshotUse(World world, ForeignEvents events, ChatLimits limits, TimeProvider clock)
{
    public void Apply(string server, IReadOnlyList<SnapshotLetter> parts)
    {
        var states = parts.SelectMany(each => each.People).DistinctBy(each => each.Arrival.PersonId)
            .ToDictionary(each => each.Arrival.PersonId);
        var gone = world.People.Where(each => each.Server == server && !states.ContainsKey(each.Id)).ToList();
        foreach (var person in gone)
        {
            world.ApplyForeign(new PersonLeft(person.Id, "Left while its server was out of reach", clock.GetUtcNow()));
        }

        var rooms = parts.SelectMany(each => each.Rooms).DistinctBy(each => CaseMapping.Fold(each.Name)).ToList();
        var honoured = rooms.Where(TryMerge).Select(each => CaseMapping.Fold(each.Name)).ToHashSet();
        foreach (var state in states.Values)
        {
            Settle(state, honoured);
        }

        foreach (var room in rooms.Select(each => world.FindRoom(each.Name)).OfType<Room>())
        {
            world.RemoveIfEmpty(room);
        }
    }

    /// <summary>Takes over what a room is like, if the other server's is not the younger one.</summary>
    /// <returns>Whether the marks count that its members have there.</returns>
    private bool TryMerge(RoomState state)
    {
        if (world.FindRoom(state.Name) is not { } room)
        {
            if (world.Rooms.Count >= limits.MaxRooms)
            {
                return false;
            }

            room = world.OpenRoom(state.Name, state.Created);
            RoomMerge.TakeAll(room, state, limits);
            return true;
        }

        if (state.Created < room.Created)
        {
            RoomAge.GiveOlder(room, state.Created, world);
            RoomMerge.TakeAll(room, state, limits);
            room.Tell(world.FromServer(clock.GetUtcNow(), "MODE", [room.Name, .. room.ModeWords(null)]));
        }
        else if (state.Created == room.Created)
        {
            RoomMerge.TakeLater(room, state, limits);
        }

        if (RoomMerge.TryTakeTopic(room, state))
        {
            room.Tell(world.FromServer(clock.GetUtcNow(), "TOPIC", room.Name, room.Topic));
        }

        return state.Created == room.Created;
    }

    private void Settle(PersonState state, HashSet<string> honoured)
    {
        events.Arrive(state.Arrival);
        if (!world.TryFindPerson(state.Arrival.PersonId, out var person))
        {
            return;
        }

        var (now, told) = (clock.GetUtcNow(), state.Arrival);
        events.Rename(new NickChanged(person.Id, told.Nick, told.Named ?? told.Time));
        if (person.Account != told.Account)
        {
            world.ApplyForeign(new AccountChanged(person.Id, told.Account, now));
        }

        if (person.Away != state.Away)
        {
            world.ApplyForeign(new AwayChanged(person.Id, state.Away, now));
        }

        if (person.RealName != told.RealName)
        {
            world.ApplyForeign(new RealNameChanged(person.Id, told.RealName, now));
        }

        world.SetInvisible(person, state.IsInvisible);
        person.IsBot = state.IsBot;
        SettleRooms(person, state.Rooms, honoured, now);
    }

    private void SettleRooms(
        Person person, IReadOnlyList<MemberState> told, HashSet<string> honoured, DateTimeOffset now)
    {
        var rooms = told.Select(each => CaseMapping.Fold(each.Room)).ToHashSet();
        foreach (var left in person.Rooms.Keys.Where(each => !rooms.Contains(each.Folded)).ToList())
        {
            world.ApplyForeign(new PersonParted(person.Id, left.Folded, "", now));
        }

        foreach (var state in told)
        {
            // Only into rooms that are told of: others would be young, and nobody's.
            if (world.FindRoom(state.Room) is not { } room)
            {
                continue;
            }

            world.ApplyForeign(new PersonJoined(person.Id, room.Name, Standing.None, now));
            var standing = honoured.Contains(room.Folded) ? state.Standing : Standing.None;
            RoomAge.SetStanding(room.Members[person], standing, now, world);
        }
    }
}
