using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Servers;

/// <summary>Somebody who has a nick, or wants it.</summary>
/// <remarks><c>Since</c>: when it took that nick.</remarks>
internal sealed record Contestant(string PersonId, string Server, string Nick, string? Account, DateTimeOffset Since)
{
    public static Contestant Of(Person person) =>
        new(person.Id, person.Server, person.Nick, person.Account, person.Named);

    public bool IsBefore(Contestant other)
    {
        if (OwnsNick != other.OwnsNick)
        {
            return OwnsNick;
        }

        return Since != other.Since
            ? Since < other.Since
            : string.CompareOrdinal(Server, other.Server) < 0;
    }

    private bool OwnsNick => Account is { } account && CaseMapping.Same(account, Nick);
}
