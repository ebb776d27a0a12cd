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
        room.Admit(person, Standing);
        var plain = person.Line(Time, "JOIN", room.Name);
        var extended = person.Line(Time, "JOIN", room.Name, person.Account ?? "*", person.RealName);
        var away = person.Away is { } reason ? person.Line(Time, "AWAY", reason) : null;
        foreach (var member in room.Members.Keys)
        {
            if (member.Client is not { } client)
            {
                continue;
            }

            client.Deliver(client.Has(Capabilities.ExtendedJoin) ? extended : plain);
            if (away is not null && member != person && client.Has(Capabilities.AwayNotify))
            {
                client.Deliver(away);
            }
        }
    }
}
