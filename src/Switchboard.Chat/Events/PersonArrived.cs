using System.Text.Json.Serialization;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Somebody has registered. Nobody is told: a stranger is seen in rooms.</summary>
internal sealed record PersonArrived(
    string PersonId,
    string Server,
    string Nick,
    string User,
    string Host,
    string RealName,
    string? Account,
    DateTimeOffset Time) : WorldEvent
{
    public bool IsEncrypted { get; init; }

    public string? Certificate { get; init; }

    /// <summary>Since when it has its nick, if not since then.</summary>
    public DateTimeOffset? Named { get; init; }

    /// <summary>How this server reaches the person; null for who is on another.</summary>
    [JsonIgnore]
    public Client? Client { get; init; }

    public override void Apply(World world)
    {
        var person = new Person(PersonId, Server, Nick, User, Host)
        {
            RealName = RealName,
            Account = Account,
            Arrived = Time,
            Named = Named ?? Time,
            Spoke = Time,
            IsEncrypted = IsEncrypted,
            Certificate = Certificate,
            Client = Client,
        };
        world.Add(person);
        Client?.Person = person;
        world.Observe(observer => observer.PersonArrived(Nick, Host));
    }
}
