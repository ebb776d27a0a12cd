using Switchboard.Chat.Messages;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>For clients without SASL: a name that takes registrations and passwords as messages.</summary>
internal static class NickServ
{
    /// <summary>Nobody may be called so.</summary>
    public const string Name = "NickServ";

    public static bool IsMeant(Request request, string target) =>
        request.Message.Command == "PRIVMSG" && CaseMapping.Same(target, Name);

    /// <summary>Does what the message asks for. It is no message to anybody, so there is none to send.</summary>
    public static async ValueTask<MessageDraft?> AnswerAsync(Request request)
    {
        var words = request[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case [var word, var password, ..] when Is(word, "REGISTER"):
                await RegisterCommand.RegisterAsync(request, password).ConfigureAwait(false);
                break;
            case [var word, var password] when Is(word, "IDENTIFY"):
                await IdentifyAsync(request, request.Person.Nick, password).ConfigureAwait(false);
                break;
            case [var word, var account, var password] when Is(word, "IDENTIFY"):
                await IdentifyAsync(request, account, password).ConfigureAwait(false);
                break;
            default:
                Say(request, "REGISTER password: makes your nick your own");
                Say(request, "IDENTIFY [account] password: signs in");
                break;
        }

        return null;
    }

    private static bool Is(string word, string command) => word.Equals(command, StringComparison.OrdinalIgnoreCase);

    private static async ValueTask IdentifyAsync(Request request, string name, string password)
    {
        var account = request.Client.Account is null
            ? await request.Exchange.Accounts.SignInAsync(name, password, request.Ended).ConfigureAwait(false)
            : null;
        if (account is not null)
        {
            SignIn.Complete(request, account);
            Say(request, $"You are signed in to {account.Shown}");
            await SignIn.HandOverAsync(request).ConfigureAwait(false);
            return;
        }

        Say(request, request.Client.Account is { } own ? $"You are signed in to {own} already" : "That is not right");
        if (request.Client.Account is null)
        {
            SignIn.CountFailure(request);
        }
    }

    private static void Say(Request request, string text) => request.Client.AnswerFrom(
        $"{Name}!{Name}@{request.World.Server}", "NOTICE", request.Person.Nick, text);
}
