using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody has left a room.</summary>
/// <remarks><c>Room</c>: folded; <c>Reason</c>: empty for none.</remarks>
internal sealed record PersonParted(string PersonId, string Room, string Reason, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (world.TryFindPerson(PersonId, out var person)
            && world.FindRoom(Room) is { } room
            && room.Members.TryGetValue(person, out var member))
        {
            room.Tell(Reason.Length == 0
                ? person.Line(Time, "PART", room.Name)
                : person.Line(Time, "PART", room.Name, Reason));
            world.Remove(member);
        }
    }
}
