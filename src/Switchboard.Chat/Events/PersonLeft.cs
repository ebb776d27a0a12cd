using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody is gone, from all rooms at once.</summary>
internal sealed record PersonLeft(string PersonId, string Reason, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person))
        {
            return;
        }

        world.TellNeighbours(person, person.Line(Time, "QUIT", Reason));
        world.Remove(person, Time);
        person.Client?.Person = null;
        var nick = person.Nick;
        world.Observe(observer => observer.PersonLeft(nick, Reason));
    }
}
