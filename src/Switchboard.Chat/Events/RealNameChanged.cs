using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody's real name is another one.</summary>
internal sealed record RealNameChanged(string PersonId, string RealName, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person))
        {
            return;
        }

        person.RealName = RealName;
        var line = person.Line(Time, "SETNAME", RealName);
        person.Client?.Deliver(line);
        world.TellNeighbours(person, line, Capabilities.SetName);
    }
}
