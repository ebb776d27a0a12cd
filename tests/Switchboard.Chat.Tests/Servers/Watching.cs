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
}
