using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>PASS</c>: the server's password, or <c>account:password</c> for clients without SASL.</summary>
internal static class PassCommand
{
    public static ValueTask RunAsync(Request request)
    {
        if (request.Client.Person is not null)
        {
            request.Client.Answer(Numerics.AlreadyRegistered);
        }
        else
        {
            request.Client.Password = request[0];
        }

        return default;
    }
}
