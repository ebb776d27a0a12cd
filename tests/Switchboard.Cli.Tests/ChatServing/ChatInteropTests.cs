using System.Globalization;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.ChatServing;

/// <summary>Programs that were not written for this server, in its rooms.</summary>
public class ChatInteropTests
{
    [Fact]
    public async Task Weechat_joins_a_room_and_talks_and_hears()
    {
        Programs.Require("weechat-headless");
        await using var run = CommandRun.Start("serve", "chat", "127.0.0.1:0", "--database", "memory:", "--json");
        var endpoint = (TcpEndpoint)await run.WaitForEndpointAsync();
        await using var alice = await ChatLines.ArriveAsync(endpoint, "alice");
        await alice.SendAsync("JOIN #tea", "PING joined");
        await alice.WaitForAsync("joined");
        using var folder = new TempFolder();
        var port = endpoint.Port.ToString(CultureInfo.InvariantCulture);

        await using var weechat = RunningProgram.Start(
            "weechat-headless", "--dir", folder.Path, "--run-command",
            $"/server add here 127.0.0.1/{port} -notls -nicks=wee -autojoin=#tea -username=wee;"
            + "/set irc.server.here.command \"/wait 1 /msg #tea hello from weechat\";/connect here");

        Assert.EndsWith("JOIN #tea", await alice.WaitForAsync(":wee!"), StringComparison.Ordinal);
        Assert.EndsWith(
            "PRIVMSG #tea :hello from weechat", await alice.WaitForAsync("PRIVMSG"), StringComparison.Ordinal);
        await alice.SendAsync("KICK #tea wee :enough", "PRIVMSG wee :\u0001VERSION\u0001");
        Assert.Contains("WeeChat", await alice.WaitForAsync("NOTICE alice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Netcat_is_client_enough()
    {
        Programs.Require("nc.openbsd");
        await using var run = CommandRun.Start("serve", "chat", "127.0.0.1:0", "--database", "memory:", "--json");
        var endpoint = (TcpEndpoint)await run.WaitForEndpointAsync();
        await using var alice = await ChatLines.ArriveAsync(endpoint, "alice");
        await alice.SendAsync("JOIN #tea", "PING joined");
        await alice.WaitForAsync("joined");
        await using var netcat = RunningProgram.Start(
            "nc.openbsd", "127.0.0.1", endpoint.Port.ToString(CultureInfo.InvariantCulture));

        await netcat.Input.WriteAsync("NICK cat\nUSER cat 0 * cat\nJOIN #tea\nPRIVMSG #tea :by hand\n"u8.ToArray());
        await netcat.Input.FlushAsync();

        Assert.EndsWith("PRIVMSG #tea :by hand", await alice.WaitForAsync("PRIVMSG"), StringComparison.Ordinal);
        await alice.SendAsync("PRIVMSG cat :seen");
        await netcat.Output.WaitForLineAsync(":alice!~alice@127.0.0.1 PRIVMSG cat :seen");
    }
}
