using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody was put out of a room.</summary>
/// <remarks><c>ById</c>: who did it; <c>Room</c>: folded.</remarks>
internal sealed record PersonKicked(string PersonId, string ById, string Room, string Reason, DateTimeOffset Time)
    : WorldEvent
{
    public override void Apply(World world)
    {
        if (world.TryFindPerson(PersonId, out var person)
            && world.TryFindPerson(ById, out var by)
            && world.FindRoom(Room) is { } room
            && room.Members.TryGetValue(person, out var member))
        {
            room.Tell(by.Line(Time, "KICK", room.Name, person.Nick, Reason));
            world.Remove(member);
        }
    }
}
