using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody is called otherwise from now on.</summary>
internal sealed record NickChanged(string PersonId, string Nick, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person))
        {
            return;
        }

        // In the old name: by it clients know whom the message is about.
        var line = person.Line(Time, "NICK", Nick);
        var before = person.Nick;
        world.Rename(person, Nick, Time);
        person.Named = Time;
        person.Client?.Nick = Nick;
        person.Client?.Deliver(line);
        world.TellNeighbours(person, line);
        world.Observe(observer => observer.NickChanged(before, Nick));
    }
}
