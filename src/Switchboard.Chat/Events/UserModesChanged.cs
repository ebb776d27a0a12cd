using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody has changed modes of its own.</summary>
/// <remarks><c>Changes</c>: only those that change something.</remarks>
internal sealed record UserModesChanged(string PersonId, IReadOnlyList<ModeChange> Changes, DateTimeOffset Time)
    : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person))
        {
            return;
        }

        foreach (var change in Changes)
        {
            if (change.Letter == 'i')
            {
                world.SetInvisible(person, change.Adds);
            }
            else
            {
                person.IsBot = change.Adds;
            }
        }

        person.Client?.Deliver(person.Line(Time, "MODE", [person.Nick, .. ModeText.Words(Changes)]));
    }
}
