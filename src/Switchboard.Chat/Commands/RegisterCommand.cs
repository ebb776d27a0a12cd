using Switchboard.Chat.Accounts;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>REGISTER</c>: makes the nick one's own, by an account of that name.</summary>
internal static class RegisterCommand
{
    public static async ValueTask RunAsync(Request request)
    {
        var (client, name) = (request.Client, request[0] == "*" ? request.Client.Nick ?? "*" : request[0]);
        if (client.Person is null)
        {
            Fail(client, "COMPLETE_CONNECTION_REQUIRED", name, "Register when you are connected");
        }
        else if (!CaseMapping.Same(name, client.Nick!))
        {
            Fail(client, "ACCOUNT_NAME_MUST_BE_NICK", name, "The account's name must be your nick");
        }
        else
        {
            await RegisterAsync(request, request[2]).ConfigureAwait(false);
        }
    }

    /// <summary>Makes an account of a person's nick, and signs in to it.</summary>
    public static async ValueTask RegisterAsync(Request request, string password)
    {
        var (client, name) = (request.Client, request.Person.Nick);
        if (!request.Exchange.Options.TakesRegistrations)
        {
            Fail(client, "DISALLOWED", name, "This server takes no registrations");
        }
        else if (client.Account is not null)
        {
            Fail(client, "ALREADY_AUTHENTICATED", name, "You are signed in to an account");
        }
        else if (!AccountBook.IsGoodPassword(password))
        {
            Fail(client, "WEAK_PASSWORD", name, "The password needs 5 to 300 letters");
        }
        else if (await MakeAsync(request, name, password).ConfigureAwait(false) is { } account)
        {
            client.AnswerFromServer("REGISTER", "SUCCESS", name, $"The account {name} is yours");
            SignIn.Complete(request, account);
            request.Exchange.Options.Observer?.AccountRegistered(name);
            await SignIn.HandOverAsync(request).ConfigureAwait(false);
        }
        else
        {
            // Counted, so that nobody asks for ever: each time the database is asked as well.
            Fail(client, "ACCOUNT_EXISTS", name, "There is an account of that name");
            SignIn.CountFailure(request);
        }
    }

    private static async ValueTask<StoredAccount?> MakeAsync(Request request, string name, string password)
    {
        var now = await request.Exchange.Log.WaitForTakenAsync().ConfigureAwait(false);
        return await request.Exchange.Accounts
            .RegisterAsync(name, password, request.Client.Peer.Certificate, now, request.Ended)
            .ConfigureAwait(false);
    }

    private static void Fail(Client client, string code, string name, string text) =>
        client.AnswerStandard("FAIL", "REGISTER", code, name, text);
}
