using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>A nick that is the name of an account is for its owner.</summary>
internal static class NickOwners
{
    /// <summary>Whether a client may be called so; if not, it was told.</summary>
    public static async ValueTask<bool> MayUseAsync(Request request, string nick)
    {
        if (CaseMapping.Same(nick, NickServ.Name))
        {
            request.Client.Answer(Numerics.NickInUse, nick);
            return false;
        }

        if ((request.Client.Account is { } own && CaseMapping.Same(own, nick))
            || await request.Exchange.Accounts.FindAsync(nick, request.Ended).ConfigureAwait(false) is null)
        {
            return true;
        }

        request.Client.Answer(Numerics.NickOwned, nick);
        return false;
    }
}
