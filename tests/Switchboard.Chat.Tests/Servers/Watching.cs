using Switchboard.Chat.Tests.Serving;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>Waits for what other servers bring.</summary>
internal static class Watching
{
    /// <summary>Moves the clock until a client was sent a line with this part; gives all lines until then.</summary>
    public static async Task<IReadOnlyList<string>> SeesAsync(
        this ChatNetwork network, ScriptedClient client, string part)
    {
        var lines = new List<string>();
        await network.AdvanceUntilAsync(async () =>
        {
            lines.AddRange(await client.SyncAsync());
            return lines.Exists(each => each.Contains(part, StringComparison.Ordinal));
        });
        return lines;
    }

    /// <summary>Moves the clock until a nick is found on a client's server.</summary>
    public static Task FindsAsync(this ChatNetwork network, ScriptedClient client, string nick) =>
        network.AdvanceUntilAsync(async () =>
            (await client.AskAsync($"ISON {nick}")).Any(each =>
                each.EndsWith($" {nick}", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Ann on one server and Bob on another, in one room, with everything read.</summary>
    public static async Task<(ScriptedClient Ann, ScriptedClient Bob)> MeetAsync(
        this ChatNetwork network, string capabilities = "")
    {
        var first = await network.StartAsync("irc.a");
        var second = await network.StartAsync("irc.b");
        var ann = await first.ArriveAsync("ann", capabilities);
        await ann.AskAsync("JOIN #room");
        var bob = await second.ArriveAsync("bob", capabilities);
        await network.FindsAsync(bob, "ann");
        await network.AdvanceUntilAsync(async () =>
            (await bob.AskAsync("LIST")).Any(each => each.Contains("#room", StringComparison.Ordinal)));
        await bob.AskAsync("JOIN #room");
        await network.SeesAsync(ann, "JOIN");
        return (ann, bob);
    }
}
