using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>A room's topic is another one.</summary>
/// <remarks><c>Room</c>: folded; <c>Text</c>: empty for no topic.</remarks>
internal sealed record TopicChanged(string PersonId, string Room, string Text, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person) || world.FindRoom(Room) is not { } room)
        {
            return;
        }

        if (Time < room.TopicSet
            || (Time == room.TopicSet && string.CompareOrdinal(person.Source, room.TopicSetBy) < 0))
        {
            // Another server's later one was here before.
            return;
        }

        room.Topic = Text;
        room.TopicSetBy = person.Source;
        room.TopicSet = Time;
        room.Tell(person.Line(Time, "TOPIC", room.Name, Text));
    }
}
