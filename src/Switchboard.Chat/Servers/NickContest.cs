using System.Security.Cryptography;
using System.Text;
using Switchboard.Chat.Events;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Servers;

/// <summary>
/// Two people of one nick, who came on two servers: whose account has that name keeps it, otherwise who had it earlier,
/// otherwise whose server's name is first. Every server comes to the same end by itself, also what the other is called.
/// </summary>
internal static class NickContest
{
    private const string Reason = "Somebody on another server had your nick before you, or owns it";

    /// <summary>The nick that somebody from another server gets, who wants this one.</summary>
    public static string Settle(World world, Contestant newcomer, DateTimeOffset now)
    {
        if (world.FindNick(newcomer.Nick) is not { } holder || holder.Id == newcomer.PersonId)
        {
            return newcomer.Nick;
        }

        if (!newcomer.IsBefore(Contestant.Of(holder)))
        {
            return GuestNick(world, newcomer.PersonId);
        }

        Rename(world, holder, now);
        return newcomer.Nick;
    }

    private static void Rename(World world, Person holder, DateTimeOffset now)
    {
        var renamed = new NickChanged(holder.Id, GuestNick(world, holder.Id), now);
        if (holder.Client is { } client)
        {
            client.Deliver(world.FromServer(now, "NOTICE", holder.Nick, $"*** {Reason}"));
            world.Apply(renamed);
        }
        else
        {
            // Its own server says the same.
            world.ApplyForeign(renamed);
        }
    }

    private static string GuestNick(World world, string personId)
    {
        var text = personId;
        while (true)
        {
            text = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
            var nick = $"Guest{text}";
            if (world.FindNick(nick) is not { } holder || holder.Id == personId)
            {
                return nick;
            }
        }
    }
}
