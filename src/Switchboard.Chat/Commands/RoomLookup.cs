using System.Diagnostics.CodeAnalysis;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>The room that a line names, or the answer that there is none for its sender.</summary>
internal static class RoomLookup
{
    /// <summary>A room that the sender may know of.</summary>
    public static bool TryFind(Request request, string name, [NotNullWhen(true)] out Room? room)
    {
        room = request.World.FindRoom(name);
        if (room is not null && room.IsSeenBy(request.Person))
        {
            return true;
        }

        room = null;
        request.Client.Answer(Numerics.NoSuchRoom, name);
        return false;
    }

    /// <summary>A room that the sender is in.</summary>
    public static bool TryFindOwn(Request request, string name, [NotNullWhen(true)] out Member? member)
    {
        member = null;
        if (request.World.FindRoom(name) is not { } room || !room.IsSeenBy(request.Person))
        {
            request.Client.Answer(Numerics.NoSuchRoom, name);
            return false;
        }

        if (room.Members.TryGetValue(request.Person, out member))
        {
            return true;
        }

        request.Client.Answer(Numerics.NotInRoom, room.Name);
        return false;
    }

    /// <summary>Whether a member is an operator; if not, it was told.</summary>
    public static bool MustBeOperator(Request request, Member member)
    {
        if (!member.IsOperator)
        {
            request.Client.Answer(Numerics.NotOperator, member.Room.Name);
        }

        return member.IsOperator;
    }
}
