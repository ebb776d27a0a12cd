using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody has signed in, to another account perhaps, or out.</summary>
/// <remarks><c>Account</c>: as its owner writes it; null for none.</remarks>
internal sealed record AccountChanged(string PersonId, string? Account, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person))
        {
            return;
        }

        world.SetAccount(person, Account);
        var line = person.Line(Time, "ACCOUNT", Account ?? "*");
        if (person.Client is { } client && client.Has(Capabilities.AccountNotify))
        {
            client.Deliver(line);
        }

        world.TellNeighbours(person, line, Capabilities.AccountNotify);
    }
}
