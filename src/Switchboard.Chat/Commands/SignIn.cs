using Switchboard.Chat.Events;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>What follows when a client has proved that an account is its own.</summary>
internal static class SignIn
{
    /// <summary>Notes it, and tells those who are to know.</summary>
    public static void Complete(Request request, StoredAccount account)
    {
        var client = request.Client;
        client.Account = account.Shown;
        using (request.World.Enter(client))
        {
            if (client.Person is { } person)
            {
                request.World.Apply(new AccountChanged(person.Id, account.Shown, request.Now));
            }

            var source = client.Person?.Source ?? $"{client.Nick ?? "*"}!{client.User ?? "*"}@{client.Peer.Host}";
            client.Answer(
                Numerics.SignedIn, source, account.Shown, $"You are now logged in as {account.Shown}");
        }
    }

    /// <summary>Hands over what has come while the account was away. Only for who is a person by now.</summary>
    public static async ValueTask HandOverAsync(Request request)
    {
        if (request.Client is not { Person: not null, Account: { } name })
        {
            return;
        }

        // What was taken while the account was away, and is not kept yet, must not be passed over.
        var now = await request.Exchange.Log.WaitForTakenAsync().ConfigureAwait(false);
        if (await request.Exchange.Accounts.FindAsync(name, request.Ended).ConfigureAwait(false) is { } account)
        {
            await request.Exchange.Waiting.HandOverAsync(request.Client, account, now, request.Ended)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Counts a password that was refused; who names too many is let go.</summary>
    public static void CountFailure(Request request)
    {
        if (++request.Client.FailedSignIns >= request.Limits.MaxFailedSignIns)
        {
            request.Client.End("Too many refused passwords");
        }
    }
}
