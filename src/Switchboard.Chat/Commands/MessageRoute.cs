using System.Text;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.Messages;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>Where a message goes, and whether it may.</summary>
internal static class MessageRoute
{
    /// <summary>The message for one of its targets; null if it may not go there, which its sender was told.</summary>
    public static async ValueTask<MessageDraft?> FindAsync(Request request, string target, string tags)
    {
        MessageDraft? draft;
        bool isAnswered;
        using (request.World.Enter(request.Client))
        {
            if (target.StartsWith(NameRules.RoomMark))
            {
                return ToRoom(request, target, tags);
            }

            draft = ToPerson(request, target, tags, out isAnswered);
        }

        if (isAnswered)
        {
            return null;
        }

        if (draft is not null || NickServ.IsMeant(request, target))
        {
            return draft ?? await NickServ.AnswerAsync(request).ConfigureAwait(false);
        }

        return await ToAccountAsync(request, target, tags).ConfigureAwait(false);
    }

    private static MessageDraft? ToRoom(Request request, string target, string tags)
    {
        if (!RoomLookup.TryFind(request, target, out var room))
        {
            return null;
        }

        if (!MayTalk(request.Person, room))
        {
            request.Client.Answer(Numerics.CannotSend, room.Name);
            return null;
        }

        return Draft(request, room.Name, tags, TalkName.OfRoom(room.Folded)) with { Room = room };
    }

    private static bool MayTalk(Person person, Room room)
    {
        var standing = room.Members.TryGetValue(person, out var member) ? member.Standing : Standing.None;
        return standing != Standing.None
            || ((member is not null || !room.Is(RoomFlags.NoOutsiders))
                && !room.Is(RoomFlags.Moderated)
                && !room.IsBanned(person));
    }

    /// <summary>To the one with this nick, or whoever is signed in to the account of this name.</summary>
    private static MessageDraft? ToPerson(Request request, string target, string tags, out bool isAnswered)
    {
        isAnswered = false;
        var world = request.World;
        var receivers = world.FindNick(target) is { } named ? [named] : world.FindAccount(target).ToArray();
        if (receivers is not [var first, ..])
        {
            return null;
        }

        if (first.Away is { } away && request.Message.Command == "PRIVMSG")
        {
            request.Client.Answer(Numerics.Away, first.Nick, away);
        }

        var talk = Talk(request.Person.Account, first.Account);
        if (talk is null && first.Client is null && request.Exchange.Others is { IsLinked: false })
        {
            request.Client.AnswerStandard(
                "FAIL", request.Message.Command, "TEMPORARILY_UNAVAILABLE", first.Nick,
                $"The server of {first.Nick} is out of reach, and messages wait only between accounts");
            isAnswered = true;
            return null;
        }

        return Draft(request, first.Nick, tags, talk) with
        {
            Receivers = receivers,
        };
    }

    /// <summary>To somebody who is not here, and whom it waits for.</summary>
    private static async ValueTask<MessageDraft?> ToAccountAsync(Request request, string target, string tags)
    {
        var client = request.Client;
        var account = NameRules.IsNick(target, request.Limits.MaxNickLength) && request.Message.Command != "TAGMSG"
            ? await request.Exchange.Accounts.FindAsync(target, request.Ended).ConfigureAwait(false)
            : null;
        if (account is null)
        {
            client.Answer(Numerics.NoSuchNick, target);
            return null;
        }

        if (client.Account is null)
        {
            client.Answer(Numerics.NoSuchNick, target);
            client.AnswerStandard(
                "NOTE", request.Message.Command, "ACCOUNT_REQUIRED", account.Shown,
                $"{account.Shown} is not here; sign in to an account to leave a message");
            return null;
        }

        if (request.Message.Command == "PRIVMSG")
        {
            client.Answer(Numerics.Away, account.Shown, "is not here; the message waits until its receiver signs in");
        }

        return Draft(request, account.Shown, tags, Talk(client.Account, account.Shown));
    }

    private static string? Talk(string? account, string? other) => account is null || other is null
        ? null
        : TalkName.OfAccounts(CaseMapping.Fold(account), CaseMapping.Fold(other));

    private static MessageDraft Draft(Request request, string target, string tags, string? talk)
    {
        var (person, command) = (request.Person, request.Message.Command);
        var isOfTags = command == "TAGMSG";

        // What no line could hold is cut before it is kept, so that everybody gets what the history has.
        var prefix = Encoding.UTF8.GetByteCount($":{person.Source} {command} {target} :");
        var text = isOfTags ? "" : NameRules.Cut(request[1], Outgoing.MaxBodyBytes - prefix);
        return new MessageDraft(person, command, target, text)
        {
            Tags = tags,
            Talk = isOfTags ? null : talk,
            Needed = isOfTags ? Capabilities.MessageTags : Capabilities.None,
        };
    }
}
