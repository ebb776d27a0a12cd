using Switchboard.Chat.Events;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>PART</c>: out of rooms.</summary>
internal static class PartCommand
{
    public static void Run(Request request)
    {
        var reason = NameRules.Cut(request[1], request.Limits.MaxReasonBytes);
        foreach (var name in request.List(0))
        {
            if (RoomLookup.TryFindOwn(request, name, out var member))
            {
                request.World.Apply(
                    new PersonParted(request.Person.Id, member.Room.Folded, reason, request.Now));
            }
        }
    }

    public static void PartAll(Request request)
    {
        foreach (var room in request.Person.Rooms.Keys.ToList())
        {
            request.World.Apply(new PersonParted(request.Person.Id, room.Folded, "", request.Now));
        }
    }
}
