using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>USER</c>: what a person is called beside the nick.</summary>
internal static class UserCommand
{
    private const int MaxUserLength = 18;

    public static ValueTask RunAsync(Request request)
    {
        var client = request.Client;
        if (client.Person is not null)
        {
            client.Answer(Numerics.AlreadyRegistered);
            return default;
        }

        // The tilde says that nobody vouches for it.
        client.User = "~" + NameRules.CleanUser(request[0].TrimStart('~'), MaxUserLength);
        client.RealName = NameRules.Cut(request[3], request.Limits.MaxRealNameBytes);
        return Registration.TryCompleteAsync(request);
    }
}
