using Switchboard.Chat.Events;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>How somebody who is connected becomes a person.</summary>
internal static class Registration
{
    /// <summary>Lets the client in, if it has said all that is needed.</summary>
    public static async ValueTask TryCompleteAsync(Request request)
    {
        var client = request.Client;
        if (client.Person is not null || client.Nick is null || client.User is null || client.IsNegotiating)
        {
            return;
        }

        if (!await MayComeInAsync(request).ConfigureAwait(false))
        {
            client.Answer(Numerics.WrongPassword);
            client.End("Password incorrect");
            return;
        }

        if (!await NickOwners.MayUseAsync(request, client.Nick).ConfigureAwait(false))
        {
            client.Nick = null;
            return;
        }

        using (request.World.Enter(client))
        {
            if (!TryArrive(request))
            {
                return;
            }
        }

        await SignIn.HandOverAsync(request).ConfigureAwait(false);
    }

    /// <summary>The password opens the server; with a name and a colon in front, an account.</summary>
    private static async ValueTask<bool> MayComeInAsync(Request request)
    {
        var (client, wanted) = (request.Client, request.Exchange.Options.Password);
        var given = client.Password;
        if (client.Account is not null || given == wanted || given?.Split(':', 2) is not [var name, var secret])
        {
            return wanted is null || given == wanted || client.Account is not null;
        }

        var account = await request.Exchange.Accounts.SignInAsync(name, secret, request.Ended).ConfigureAwait(false);
        if (account is not null)
        {
            SignIn.Complete(request, account);
        }

        return account is not null;
    }

    private static bool TryArrive(Request request)
    {
        var (client, world) = (request.Client, request.World);
        if (world.People.Count >= request.Limits.MaxPeople)
        {
            client.End("The server is full");
            return false;
        }

        if (world.FindNick(client.Nick!) is not null)
        {
            client.Answer(Numerics.NickInUse, client.Nick!);
            client.Nick = null;
            return false;
        }

        world.Apply(new PersonArrived(
            world.NextPersonId(), world.Server, client.Nick!, client.User!, client.Peer.Host, client.RealName,
            client.Account, request.Now)
        {
            IsEncrypted = client.Peer.IsEncrypted,
            Certificate = client.Peer.Certificate,
            Client = client,
        });
        Welcome.Say(request);
        return true;
    }
}
