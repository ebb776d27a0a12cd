using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>What follows when a client has proved that an account is its own.</summary>
internal static class SignIn
{
    /// <summary>
    /// Notes it, and tells those who are to know. Private messages are held back until <see cref="HandOverAsync"/>.
    /// </summary>
    public static void Complete(Request request, StoredAccount account)
    {
        var client = request.Client;
        client.Account = account.Shown;
        using (request.World.Enter(client))
        {
            client.HandOver = new HandOver();
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
        if (request.Client is { Person: { } person, Account: { } name } client)
        {
            await request.Exchange.Waiting.HandOverAsync(client, person, name, request.Ended).ConfigureAwait(false);
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
