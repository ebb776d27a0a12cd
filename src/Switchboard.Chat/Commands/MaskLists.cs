using System.Globalization;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>A room's lists of masks, shown.</summary>
internal static class MaskLists
{
    public static void Show(Client client, Room room, char letter)
    {
        var (row, end) = letter switch
        {
            'b' => (Numerics.BanRow, Numerics.EndOfBans),
            'e' => (Numerics.BanExceptionRow, Numerics.BanExceptionEnd),
            _ => (Numerics.InviteExceptionRow, Numerics.InviteExceptionEnd),
        };
        foreach (var mask in room.MasksOf(letter))
        {
            var time = mask.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            client.Answer(row, room.Name, mask.Mask, mask.SetBy, time);
        }

        client.Answer(end, room.Name);
    }
}
