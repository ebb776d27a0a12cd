using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody has gone away, or has come back.</summary>
/// <remarks><c>Text</c>: why; null for coming back.</remarks>
internal sealed record AwayChanged(string PersonId, string? Text, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person))
        {
            return;
        }

        person.Away = Text;
        var line = Text is null ? person.Line(Time, "AWAY") : person.Line(Time, "AWAY", Text);
        world.TellNeighbours(person, line, Capabilities.AwayNotify);
    }
}
