using System.Globalization;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>LIST</c>: which rooms there are.</summary>
internal static class ListCommand
{
    // More would be more than may wait to be sent.
    private const int MaxRows = 4_000;

    public static void Run(Request request)
    {
        var client = request.Client;
        client.Answer(Numerics.ListStart, "Channel");
        var conditions = request.List(0);
        var rows = request.World.Rooms
            .Where(room => room.IsSeenBy(request.Person))
            .Where(room => Array.TrueForAll(conditions, each => IsMet(each, room, conditions)))
            .Take(MaxRows + 1)
            .ToList();
        foreach (var room in rows.Take(MaxRows))
        {
            var count = room.Members.Count.ToString(CultureInfo.InvariantCulture);
            client.Answer(Numerics.ListRow, room.Name, count, room.Topic);
        }

        if (rows.Count > MaxRows)
        {
            client.AnswerStandard("NOTE", "LIST", "TRUNCATED", "There are more rooms; ask for some by name");
        }

        client.Answer(Numerics.ListEnd);
    }

    /// <summary>Bounds of the members must all hold; of names, one is enough.</summary>
    private static bool IsMet(string condition, Room room, string[] all) => condition[0] switch
    {
        '>' => TryBound(condition, out var least) && room.Members.Count > least,
        '<' => TryBound(condition, out var most) && room.Members.Count < most,
        _ => Array.Exists(all, each => each[0] is not ('>' or '<') && Mask.Fits(each, room.Name)),
    };

    private static bool TryBound(string condition, out int bound) =>
        int.TryParse(condition.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out bound);
}
