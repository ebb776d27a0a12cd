using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>Which talk a client means by a target.</summary>
internal static class HistoryTalk
{
    /// <summary>The talk's name; null if the client may not read it, or there can be none.</summary>
    public static async ValueTask<string?> FindAsync(Request request, string target)
    {
        string? other;
        using (request.World.Enter())
        {
            if (request.World.FindRoom(target) is { } room)
            {
                return room.Members.ContainsKey(request.Person) ? TalkName.OfRoom(room.Folded) : null;
            }

            other = request.World.FindNick(target)?.Account;
        }

        if (request.Client.Account is not { } own)
        {
            return null;
        }

        other ??= (await request.Exchange.Accounts.FindAsync(target, request.Ended).ConfigureAwait(false))?.Name;
        return other is null ? null : TalkName.OfAccounts(CaseMapping.Fold(own), CaseMapping.Fold(other));
    }
}
