using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>INVITE</c>: asks somebody into a room.</summary>
internal static class InviteCommand
{
    public static void Run(Request request)
    {
        if (request.Count == 0)
        {
            ShowOwn(request);
        }
        else if (request.Count == 1)
        {
            request.Client.Answer(Numerics.NeedMoreParameters, "INVITE");
        }
        else if (request.World.FindNick(request[0]) is not { } person)
        {
            request.Client.Answer(Numerics.NoSuchNick, request[0]);
        }
        else if (RoomLookup.TryFindOwn(request, request[1], out var member)
            && (!member.Room.Is(RoomFlags.InviteOnly) || RoomLookup.MustBeOperator(request, member)))
        {
            Invite(request, person, member.Room);
        }
    }

    private static void ShowOwn(Request request)
    {
        foreach (var room in request.Person.Invitations.Where(each => each.Members.Count > 0))
        {
            request.Client.Answer(Numerics.InviteListRow, room.Name);
        }

        request.Client.Answer(Numerics.InviteListEnd);
    }

    private static void Invite(Request request, Person person, Room room)
    {
        if (room.Members.ContainsKey(person))
        {
            request.Client.Answer(Numerics.AlreadyInRoom, person.Nick, room.Name);
            return;
        }

        person.Invitations.RemoveWhere(each => each.Members.Count == 0);
        if (person.Invitations.Count >= request.Limits.MaxInvitations)
        {
            request.Client.AnswerStandard(
                "FAIL", "INVITE", "TOO_MANY_INVITATIONS", person.Nick, "Too many invitations wait for this person");
            return;
        }

        request.World.Apply(new PersonInvited(person.Id, request.Person.Id, room.Folded, request.Now));
        request.Client.Answer(Numerics.Inviting, person.Nick, room.Name);
        if (person.Away is { } away)
        {
            request.Client.Answer(Numerics.Away, person.Nick, away);
        }
    }
}
