using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody may come into a room, whatever its modes say.</summary>
/// <remarks><c>ById</c>: who asked the person in; <c>Room</c>: folded.</remarks>
internal sealed record PersonInvited(string PersonId, string ById, string Room, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person)
            || !world.TryFindPerson(ById, out var by)
            || world.FindRoom(Room) is not { } room)
        {
            return;
        }

        person.Invitations.Add(room);
        var line = by.Line(Time, "INVITE", person.Nick, room.Name);
        person.Client?.Deliver(line);
        foreach (var member in room.Members.Values)
        {
            if (member.Person != by && member.Person.Client is { } client && client.Has(Capabilities.InviteNotify))
            {
                client.Deliver(line);
            }
        }
    }
}
