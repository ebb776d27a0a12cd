using System.Collections.Immutable;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.People;

/// <summary>Somebody who is here, on this server or on another of the same chat.</summary>
/// <remarks>
/// <c>id</c>: unique among all servers, and the same under every nick; <c>server</c>: the name of the server that the
/// person is on.
/// </remarks>
internal sealed class Person(string id, string server, string nick, string user, string host)
{
    public string Id { get; } = id;

    public string Server { get; } = server;

    public string Nick { get; private set; } = nick;

    public string FoldedNick { get; private set; } = CaseMapping.Fold(nick);

    public string User { get; } = user;

    public string Host { get; } = host;

    /// <summary>How others see where a message comes from.</summary>
    public string Source { get; private set; } = $"{nick}!{user}@{host}";

    public required string RealName { get; set; }

    /// <summary>The account, as its owner writes it; null if not signed in.</summary>
    public string? Account { get; set; }

    /// <summary>Why the person is away; null if not.</summary>
    public string? Away { get; set; }

    /// <summary>Strangers do not find an invisible person by masks.</summary>
    public bool IsInvisible { get; set; }

    public bool IsBot { get; set; }

    public bool IsEncrypted { get; init; }

    public string? Certificate { get; init; }

    public required DateTimeOffset Arrived { get; init; }

    /// <summary>Since when the person has had its nick: of two who want one, the earlier keeps it.</summary>
    public required DateTimeOffset Named { get; set; }

    /// <summary>When the person last said something; only known on its own server.</summary>
    public DateTimeOffset Spoke { get; set; }

    /// <summary>When the last private message that reached the person was said; null if none has.</summary>
    public DateTimeOffset? HeardPrivately { get; set; }

    /// <summary>
    /// When the first private message was said that was on its way to the person, who left before it came; null if none
    /// was.
    /// </summary>
    public DateTimeOffset? MissedPrivately { get; set; }

    /// <summary>How the person is reached; null for who is on another server.</summary>
    public Client? Client { get; init; }

    public Dictionary<Room, Member> Rooms { get; } = [];

    /// <summary>Rooms that the person was invited to and has not joined since.</summary>
    public HashSet<Room> Invitations { get; } = [];

    /// <summary>
    /// The last announcement that reached this person: each is told once, however many rooms are shared.
    /// </summary>
    public long Told { get; set; }

    /// <summary>What this person does, as a message.</summary>
    public Outgoing Line(DateTimeOffset time, string command, params ImmutableArray<string> parameters) =>
        new(new ChatMessage(command, parameters) { Source = Source }, time) { Account = Account };

    public void Rename(string nick)
    {
        Nick = nick;
        FoldedNick = CaseMapping.Fold(nick);
        Source = $"{nick}!{User}@{Host}";
    }
}
