using System.Globalization;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>WHOWAS</c>: who had a nick before.</summary>
internal static class WhoWasCommand
{
    private const int MaxRows = 10;

    public static void Run(Request request)
    {
        var (client, nick) = (request.Client, request[0]);
        if (nick.Length == 0)
        {
            client.Answer(Numerics.NoNickGiven);
            return;
        }

        var isNumber = int.TryParse(request[1], CultureInfo.InvariantCulture, out var count) && count > 0;
        var rows = request.World.FindWhoWas(nick).Take(isNumber ? Math.Min(count, MaxRows) : MaxRows).ToList();
        foreach (var row in rows)
        {
            var left = row.Left.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
            client.Answer(Numerics.WhoWasUser, row.Nick, row.User, row.Host, "*", row.RealName);
            client.Answer(Numerics.WhoIsServer, row.Nick, row.Server, left);
        }

        if (rows.Count == 0)
        {
            client.Answer(Numerics.WasNoSuchNick, nick);
        }

        client.Answer(Numerics.EndOfWhoWas, nick);
    }
}
