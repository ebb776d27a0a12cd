using System.Globalization;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>WHOIS</c>: everything that may be known of a person.</summary>
internal static class WhoIsCommand
{
    private const int MaxRoomsBytes = 380;

    public static void Run(Request request)
    {
        // With a server's name in front, which is the same here.
        var nick = request.Count > 1 ? request[1] : request[0];
        if (nick.Length == 0)
        {
            request.Client.Answer(Numerics.NoNickGiven);
            return;
        }

        if (request.World.FindNick(nick) is { } person)
        {
            Show(request, person);
            nick = person.Nick;
        }
        else
        {
            request.Client.Answer(Numerics.NoSuchNick, nick);
        }

        request.Client.Answer(Numerics.EndOfWhoIs, nick);
    }

    private static void Show(Request request, Person person)
    {
        var (client, nick) = (request.Client, person.Nick);
        client.Answer(Numerics.WhoIsUser, nick, person.User, person.Host, "*", person.RealName);
        ShowRooms(request, person);
        client.Answer(Numerics.WhoIsServer, nick, person.Server, request.Exchange.Options.Network);
        if (person.Away is { } away)
        {
            client.Answer(Numerics.Away, nick, away);
        }

        if (person.Account is { } account)
        {
            client.Answer(Numerics.WhoIsAccount, nick, account);
        }

        if (person.IsBot)
        {
            client.Answer(Numerics.WhoIsBot, nick);
        }

        if (person.IsEncrypted)
        {
            client.Answer(Numerics.SecureWhoIs, nick);
        }

        if (person == request.Person && person.Certificate is { } certificate)
        {
            client.Answer(Numerics.CertificateIs, nick, $"has client certificate fingerprint {certificate}");
        }

        if (person.Client is not null)
        {
            // Only its own server knows when somebody last spoke.
            ShowIdle(request, person);
        }
    }

    private static void ShowRooms(Request request, Person person)
    {
        var rooms = person.Rooms.Values
            .Where(each => each.Room.IsSeenBy(request.Person))
            .Where(each => !person.IsInvisible || person == request.Person
                || each.Room.Members.ContainsKey(request.Person))
            .Select(each => each.Marks(request.Client.Capabilities) + each.Room.Name);
        foreach (var line in Lines.Fill(rooms, MaxRoomsBytes))
        {
            request.Client.Answer(Numerics.WhoIsRooms, person.Nick, line);
        }
    }

    private static void ShowIdle(Request request, Person person)
    {
        var idle = Math.Max(0, (long)(request.Now - person.Spoke).TotalSeconds);
        request.Client.Answer(
            Numerics.WhoIsIdle,
            person.Nick,
            idle.ToString(CultureInfo.InvariantCulture),
            person.Arrived.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    }
}
