using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody has come into a room, which is made if there is none.</summary>
/// <remarks><c>Room</c>: as the person wrote it.</remarks>
internal sealed record PersonJoined(string PersonId, string Room, Standing Standing, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person))
        {
            return;
        }

        var room = world.OpenRoom(Room, Time);
        if (room.Members.ContainsKey(person))
        {
            return;
        }

        room.Admit(person, Settle(room, world));
        var plain = person.Line(Time, "JOIN", room.Name);
        var extended = person.Line(Time, "JOIN", room.Name, person.Account ?? "*", person.RealName);
        var away = person.Away is { } reason ? person.Line(Time, "AWAY", reason) : null;
        var when = room.Pace.Next();
        foreach (var member in room.Members.Keys)
        {
            if (member.Client is not { } client)
            {
                continue;
            }

            client.Deliver(client.Has(Capabilities.ExtendedJoin) ? extended : plain, when);
            if (away is not null && member != person && client.Has(Capabilities.AwayNotify))
            {
                client.Deliver(away, when);
            }
        }
    }

    /// <summary>
    /// Whoever finds no room makes it, and is its operator. Two may do so on two servers: the older room is the room.
    /// </summary>
    private Standing Settle(Room room, World world)
    {
        if (Standing.HasFlag(Standing.Operator) && Time < room.Created)
        {
            RoomAge.GiveOlder(room, Time, world);
        }

        return Time > room.Created ? Standing & ~Standing.Operator : Standing;
    }
}
