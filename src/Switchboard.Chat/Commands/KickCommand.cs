using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>KICK</c>: puts people out of a room.</summary>
internal static class KickCommand
{
    public static void Run(Request request)
    {
        if (!RoomLookup.TryFindOwn(request, request[0], out var member)
            || !RoomLookup.MustBeOperator(request, member))
        {
            return;
        }

        var reason = request[2].Length == 0 ? request.Person.Nick : request[2];
        foreach (var nick in request.List(1).Take(request.Limits.MaxTargets))
        {
            Kick(request, member.Room, nick, NameRules.Cut(reason, request.Limits.MaxReasonBytes));
        }
    }

    private static void Kick(Request request, Room room, string nick, string reason)
    {
        if (request.World.FindNick(nick) is not { } person)
        {
            request.Client.Answer(Numerics.NoSuchNick, nick);
        }
        else if (!room.Members.ContainsKey(person))
        {
            request.Client.Answer(Numerics.UserNotInRoom, person.Nick, room.Name);
        }
        else
        {
            request.World.Apply(
                new PersonKicked(person.Id, request.Person.Id, room.Folded, reason, request.Now));
        }
    }
}
