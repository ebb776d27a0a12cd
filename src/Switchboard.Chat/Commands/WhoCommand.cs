using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>WHO</c>: a row for each person in a room, or whose name fits a mask (WHOX).</summary>
internal static class WhoCommand
{
    // More would be more than may wait to be sent.
    private const int MaxRows = 4_000;

    public static void Run(Request request)
    {
        var mask = request.Count == 0 ? "*" : request[0];
        var fields = WhoFields.Parse(request[1]);
        var rows = Find(request, mask).Take(MaxRows + 1).ToList();
        foreach (var (person, member) in rows.Take(MaxRows))
        {
            if (fields is null)
            {
                ShowRow(request, person, member);
            }
            else
            {
                request.Client.Answer(Numerics.WhoXRow, fields.Row(request, person, member));
            }
        }

        if (rows.Count > MaxRows)
        {
            request.Client.AnswerStandard("NOTE", "WHO", "TRUNCATED", "There are more people; ask for fewer");
        }

        request.Client.Answer(Numerics.EndOfWho, mask);
    }

    private static IEnumerable<(Person Person, Member? Member)> Find(Request request, string mask)
    {
        var (world, reader) = (request.World, request.Person);
        if (mask.StartsWith(NameRules.RoomMark))
        {
            return world.FindRoom(mask) is { } room && room.IsSeenBy(reader)
                ? room.Members.Values
                    .Where(each => room.Members.ContainsKey(reader) || !each.Person.IsInvisible)
                    .Select(each => (each.Person, (Member?)each))
                : [];
        }

        if (world.FindNick(mask) is { } named)
        {
            return [(named, null)];
        }

        return world.People
            .Where(each => Fits(mask, each))
            .Where(each => !each.IsInvisible || each == reader || World.ShareRoom(each, reader))
            .Select(each => (each, (Member?)null));
    }

    // A mask of a star alone is cheap; any other is tried on what people can see.
    private static bool Fits(string mask, Person person) =>
        mask is "*" or "0"
        || Mask.Fits(mask, person.Nick)
        || Mask.Fits(mask, person.Host)
        || Mask.Fits(mask, person.User)
        || Mask.Fits(mask, person.Server);

    private static void ShowRow(Request request, Person person, Member? member)
    {
        var (client, room) = (request.Client, member?.Room.Name ?? "*");
        client.Answer(
            Numerics.WhoRow, room, person.User, person.Host, person.Server, person.Nick,
            WhoFields.Flags(person, member, client), $"0 {person.RealName}");
    }
}
