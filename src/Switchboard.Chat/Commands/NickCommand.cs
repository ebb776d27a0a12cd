using Switchboard.Chat.Events;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>NICK</c>: what a person wants to be called.</summary>
internal static class NickCommand
{
    public static ValueTask RunAsync(Request request)
    {
        var nick = request[0];
        if (nick.Length == 0)
        {
            request.Client.Answer(Numerics.NoNickGiven);
            return default;
        }

        if (!NameRules.IsNick(nick, request.Limits.MaxNickLength))
        {
            request.Client.Answer(Numerics.BadNick, nick);
            return default;
        }

        return request.Client.Person is null ? ChooseAsync(request, nick) : ChangeAsync(request, nick);
    }

    private static ValueTask ChooseAsync(Request request, string nick)
    {
        using (request.World.Enter(request.Client))
        {
            if (request.World.FindNick(nick) is not null)
            {
                request.Client.Answer(Numerics.NickInUse, nick);
                return default;
            }
        }

        request.Client.Nick = nick;
        return Registration.TryCompleteAsync(request);
    }

    private static async ValueTask ChangeAsync(Request request, string nick)
    {
        if (nick == request.Client.Nick || !await NickOwners.MayUseAsync(request, nick).ConfigureAwait(false))
        {
            return;
        }

        using (request.World.Enter(request.Client))
        {
            if (request.World.FindNick(nick) is { } holder && holder != request.Person)
            {
                request.Client.Answer(Numerics.NickInUse, nick);
                return;
            }

            request.World.Apply(new NickChanged(request.Person.Id, nick, request.Now));
        }
    }
}
