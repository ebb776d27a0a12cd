using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Switchboard.Cli.Tests.Chatting;
using Switchboard.Cli.Tests.Processes;
using Switchboard.Cli.Tests.WebChat;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.ChatServing;

/// <summary>
/// One room, and in it at once two chat programs that were not written for this server, netcat, a script of Python, and
/// the two clients of our own. Everybody hears everybody, in the room and in private.
/// </summary>
public sealed class ManyClientsTests : IAsyncDisposable
{
    private const string Room = "#tea";

    private const string Python = """
        import socket, sys, threading
        s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
        def hear():
            for line in s.makefile(encoding="utf-8", newline="\r\n"):
                print(line.rstrip(), flush=True)
        threading.Thread(target=hear, daemon=True).start()
        for line in sys.stdin:
            s.sendall((line.rstrip("\n") + "\r\n").encode())
        """;

    private readonly TempFolder _folder = new();
    private readonly Stack<IAsyncDisposable> _running = new();
    private CapturedStream? _heardByNetcat;

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running)
        {
            await running.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Six_clients_hear_each_other_in_one_room_and_in_every_pair()
    {
        foreach (var program in (string[])["irssi", "weechat-headless", "nc.openbsd", "python3", "tmux", "chromium"])
        {
            Programs.Require(program);
        }

        Assert.SkipUnless(
            Directory.GetDirectories("/usr/lib").Any(each => File.Exists($"{each}/weechat/plugins/fifo.so")),
            "The plugins of WeeChat are not installed (Debian's package weechat-plugins).");

        var run = Keep(CommandRun.Start(
            "serve", "chat", "127.0.0.1:0", "--database", "memory:", "--json", "--web=127.0.0.1:0"));
        var endpoint = (TcpEndpoint)await run.WaitForEndpointAsync();
        using var page = JsonDocument.Parse(await run.Output.WaitForLineAsync("\"service\":\"chat-page\""));
        ChatParty[] all =
        [
            await NetcatAsync(endpoint.Port),
            await ScriptAsync(endpoint.Port),
            await IrssiAsync(endpoint.Port),
            await WeechatAsync(endpoint.Port),
            await OursAsync(endpoint),
            await PageAsync(new Uri(page.RootElement.GetProperty("url").GetString()!)),
        ];
        foreach (var party in all)
        {
            await _heardByNetcat!.WaitForLineAsync($":{party.Nick}!", $"JOIN {Room}");
        }

        await EverybodyAsync(all, (_, _) => Room, (from, _) => $"{from.Nick} to all of you");
        await EverybodyAsync(all, (_, to) => to.Nick, (from, to) => $"{from.Nick} to {to.Nick} alone");

        var heard = _heardByNetcat!.Lines.Where(line => line.Contains("alone", StringComparison.Ordinal)).ToList();
        Assert.Equal(all.Length - 1, heard.Count);
        Assert.All(heard, line => Assert.Contains($" PRIVMSG {all[0].Nick} :", line, StringComparison.Ordinal));
    }

    private static async Task EverybodyAsync(
        IReadOnlyList<ChatParty> all,
        Func<ChatParty, ChatParty, string> target,
        Func<ChatParty, ChatParty, string> text)
    {
        foreach (var from in all)
        {
            var others = all.Where(each => each != from).ToList();
            foreach (var said in others.Select(to => (target(from, to), text(from, to))).Distinct())
            {
                await from.SayAsync(said.Item1, said.Item2);
            }

            foreach (var to in others)
            {
                await to.HearAsync(from.Nick, text(from, to));
            }
        }
    }

    private T Keep<T>(T running)
        where T : IAsyncDisposable
    {
        _running.Push(running);
        return running;
    }

    private async Task<T> KeepAsync<T>(Func<Task<T>> start)
        where T : IAsyncDisposable => Keep(await start());

    private async Task<ChatParty> NetcatAsync(int port)
    {
        var netcat = Keep(RunningProgram.Start("nc.openbsd", "127.0.0.1", Text(port)));
        _heardByNetcat = netcat.Output;
        return await ByHandAsync(netcat, "cat");
    }

    private Task<ChatParty> ScriptAsync(int port) =>
        ByHandAsync(Keep(RunningProgram.Start("python3", "-c", Python, Text(port))), "pyt");

    /// <summary>Whoever writes the protocol's own lines.</summary>
    private static async Task<ChatParty> ByHandAsync(RunningProgram program, string nick)
    {
        await program.WriteAsync($"NICK {nick}\nUSER {nick} 0 * :{nick}\nJOIN {Room}\n");
        await program.Output.WaitForLineAsync($" 366 {nick} {Room}");
        return new ChatParty(
            nick,
            (target, text) => program.WriteAsync($"PRIVMSG {target} :{text}\n"),
            (from, text) => program.Output.WaitForLineAsync($":{from}!", $":{text}"));
    }

    private async Task<ChatParty> IrssiAsync(int port)
    {
        var home = Directory.CreateDirectory(Path.Combine(_folder.Path, "irssi")).FullName;

        // Lines that come as fast as ours would be taken for something pasted, and asked about.
        await File.WriteAllTextAsync(Path.Combine(home, "config"), $$"""
            settings = {
              "irc/core" = { cmds_max_at_once = "100"; };
              "fe-text" = { paste_detect_time = "0"; paste_verify_line_count = "0"; };
              "fe-common/core" = { autolog = "yes"; autolog_path = "{{home}}/$0.log"; };
            };
            """);
        var screen = await KeepAsync(() => TmuxScreen.StartAsync(
            $"irssi --home {home} --connect 127.0.0.1 --port {port} --nick iris"));

        // Before that it would not know where to go.
        await screen.WaitForAsync("no message of the day");
        await EnterAsync(screen, $"/join {Room}");
        return new ChatParty(
            "iris",
            (target, text) => EnterAsync(screen, $"/msg {target} {text}"),
            (_, text) => WaitForLogAsync(home, text));
    }

    private async Task<ChatParty> WeechatAsync(int port)
    {
        var home = Path.Combine(_folder.Path, "weechat");
        Keep(RunningProgram.Start(
            "weechat-headless", "--dir", home, "--run-command",
            "/set logger.file.flush_delay 0;/set irc.server_default.anti_flood_prio_high 0;"
            + $"/server add here 127.0.0.1/{port} -notls -nicks=wee -autojoin={Room} -username=wee;/connect here"));
        await _heardByNetcat!.WaitForLineAsync(":wee!", $"JOIN {Room}");
        var commands = Assert.Single(Directory.GetFiles(home, "weechat_fifo_*"));
        return new ChatParty(
            "wee",
            (target, text) => File.AppendAllTextAsync(commands, $"*/msg -server here {target} {text}\n"),
            (_, text) => WaitForLogAsync(Path.Combine(home, "logs"), text));
    }

    private async Task<ChatParty> OursAsync(Endpoint server)
    {
        var screen = await KeepAsync(
            () => TmuxScreen.StartAsync($"$switchboard chat {server} --nick ada --join tea", columns: 120));
        await _heardByNetcat!.WaitForLineAsync(":ada!", $"JOIN {Room}");
        return new ChatParty(
            "ada",
            (target, text) => EnterAsync(screen, $"/msg {target} {text}"),
            async (from, text) =>
            {
                if (text.EndsWith("alone", StringComparison.Ordinal))
                {
                    await screen.WaitForAsync($":{from}");
                    await EnterAsync(screen, $"/talk {from}");
                }

                await screen.WaitForAsync(text);
            });
    }

    private async Task<ChatParty> PageAsync(Uri url)
    {
        var visit = await KeepAsync(() => ChatVisit.StartAsync(url, "webb", Room));
        return new ChatParty(
            "webb",
            (target, text) => visit.SayAsync(target == Room ? text : $"/msg {target} {text}"),
            (_, text) => visit.Page.Locator(".message", new() { HasText = text }).First
                .WaitForAsync(new() { State = WaitForSelectorState.Attached }));
    }

    private static async Task EnterAsync(TmuxScreen screen, string line)
    {
        await screen.TypeAsync(line);
        await screen.PressAsync("Enter");
    }

    private static Task WaitForLogAsync(string folder, string text) => Waiting.UntilAsync(
        () => Directory.Exists(folder) && Directory.GetFiles(folder, "*log").Any(
            file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal)));

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
