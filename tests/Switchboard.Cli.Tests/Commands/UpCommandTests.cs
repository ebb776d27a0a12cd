using System.Text.Json;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Running;
using Switchboard.Cli.Tests.ChatServing;

namespace Switchboard.Cli.Tests.Commands;

public sealed class UpCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_built_in_service_listens()
    {
        await using var run = CommandRun.Start("up", "--port-base", "0", "--json");
        await run.Output.WaitForLineAsync("\"service\":\"board\"");

        var listening = run.Output.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(
            each => each.GetProperty("service").GetString()!, each => each.GetProperty("endpoint").GetString()!);

        Assert.Equal(BuiltIns.Everything.Select(each => each.Name).Order(), listening.Keys.Order());
        Assert.Equal("!dlrow ,olleH", await Peer.AskAsync(listening["reverse"], "Hello, world!"));
        Assert.Equal("Hello, Client! Welcome to the server.", await Peer.AskAsync(listening["greet"], ""));
    }

    [Fact]
    public async Task People_get_a_plain_table_and_one_command_to_try()
    {
        await using var run = CommandRun.Start("up", "--port-base", "0");
        await run.Error.WaitForLineAsync("Ctrl-C stops.");

        Assert.Equal("SERVICE  ENDPOINT", run.Error.Lines[0][..17]);
        Assert.Equal(
            BuiltIns.Everything.Count - 1,
            run.Error.Lines.Count(line => line.Contains("tcp://localhost:", StringComparison.Ordinal)));
        Assert.Matches(
            @"\nTry:  printf 'Hello, world!' \| nc -N localhost \d+   # prints !dlrow ,olleH\n", run.Error.Text);
        Assert.DoesNotContain("│", run.Error.Text, StringComparison.Ordinal);
        Assert.Equal("", run.Output.Text);
    }

    [Fact]
    public async Task On_a_terminal_the_table_has_lines_around_it()
    {
        await using var run = CommandRun.StartIn(
            world => world with { Terminals = Terminals.Error }, "up", "--port-base", "0", "--color", "never");
        await run.Error.WaitForLineAsync("Ctrl-C stops.");

        Assert.Contains("│ reverse │ tcp://localhost:", run.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Error.Text);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task The_table_is_no_wider_than_the_terminal(int columns)
    {
        await using var run = CommandRun.StartIn(
            world => world with { Terminals = Terminals.Error, Columns = () => columns },
            "up", "--port-base", "0", "--color", "never");
        await run.Error.WaitForLineAsync("Ctrl-C stops.");

        var table = run.Error.Lines.Where(line => "╭│├╰".Contains(line[0], StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(table);
        Assert.All(table, line => Assert.InRange(line.Length, 1, columns));
        Assert.Equal(columns > 100, table.Count == BuiltIns.Everything.Count + 4);
    }

    [Fact]
    public async Task A_signal_drains_all_and_totals_are_told()
    {
        await using var run = CommandRun.Start("up", "--port-base", "0");
        await run.Error.WaitForLineAsync("Ctrl-C stops.");

        run.Interrupt();

        Assert.Equal(0, await run.Exit);
        Assert.Contains("stopped after 0 connections", run.Error.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_in_the_folder_is_used_when_it_is_there()
    {
        _folder.Write("switchboard.json", """[ { "serve": "echo", "listen": ":0" }, ] // mine""");
        await using var run = StartHere("up", "--json");

        Assert.Equal("hello", await Peer.AskAsync(await run.WaitForEndpointAsync(), "hello"));
        run.Interrupt();
        await run.Exit;
        Assert.Single(run.Output.Lines, line => line.Contains("listening", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_options_of_an_entry_shape_its_server()
    {
        _folder.Write(
            "lab.json", """[ { "serve": "reverse", "listen": ":0", "framing": "lines", "maxFrame": "1K" } ]""");
        await using var run = StartHere("up", "--json", "--config", "lab.json");

        Assert.Equal("cba\nfed\n", await Peer.AskAsync(await run.WaitForEndpointAsync(), "abc\ndef\n"));
    }

    [Fact]
    public async Task The_chat_of_up_is_in_memory_and_whoever_comes_can_talk()
    {
        await using var run = StartHere("up", "--port-base", "0", "--json");
        var listening = JsonDocument.Parse(await run.Output.WaitForLineAsync("\"service\":\"chat\"")).RootElement;
        var endpoint = Endpoint.Parse(listening.GetProperty("endpoint").GetString()!);
        await using var alice = await ChatLines.ArriveAsync(endpoint, "alice");

        await alice.SendAsync("JOIN #tea");

        await alice.WaitForAsync("JOIN #tea");
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_chat_is_shaped_by_its_entry()
    {
        _folder.Write("greeting", "be kind\n");
        _folder.Write("secret", "open\n");
        var database = Path.Combine(_folder.Path, "talk.db");
        _folder.Write("switchboard.json", $$"""
            [ { "serve": "chat", "listen": ":0", "name": "irc.here", "network": "Here", "motd": "greeting",
                "database": "{{database}}", "register": false, "serverPasswordFile": "secret" } ]
            """);
        await using var run = StartHere("up", "--json");
        await using var alice = new ChatLines(await Connection.ConnectAsync(await run.WaitForEndpointAsync()));

        await alice.SendAsync("PASS open", "NICK alice", "USER a 0 * :a", "REGISTER * * secret");

        Assert.StartsWith(
            ":irc.here 001 alice :Welcome to Here, ", await alice.WaitForAsync(" 001 "), StringComparison.Ordinal);
        Assert.Equal(":irc.here 372 alice :- be kind", await alice.WaitForAsync(" 372 "));
        await alice.WaitForAsync("takes no registrations");
        Assert.True(File.Exists(database));
        await using var stranger = new ChatLines(await Connection.ConnectAsync(await run.WaitForEndpointAsync()));
        await stranger.SendAsync("NICK bob", "USER b 0 * :b");
        await stranger.WaitForAsync("Password incorrect");
    }

    [Theory]
    [InlineData("""[ { "serve": "echo", "motd": "f" } ]""", "\"motd\" is for chats")]
    [InlineData("""[ { "serve": "chat", "loop": "process" } ]""", "a chat is one for all")]
    [InlineData("""[ { "serve": "chat", "listen": "udp://localhost:0" } ]""", "takes datagrams")]
    public async Task What_no_chat_can_be_is_told(string file, string told)
    {
        _folder.Write("switchboard.json", file);
        await using var run = StartHere("up");

        Assert.Equal(2, await run.Exit);
        Assert.Contains(told, run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_counts_what_up_runs()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Switchboard.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        // The board is no service, but the page that shows them.
        var services = BuiltIns.Everything.Where(each => each != BuiltIns.Board).ToList();
        Assert.Equal(9, services.Count);
        var last = services[^1].Port;
        Assert.Contains(
            $"starts nine small services on this machine's ports {BuiltIns.FirstPort} to {last} and a page",
            File.ReadAllText(Path.Combine(folder, "README.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_one_port_is_busy_nothing_is_left_running()
    {
        await using var listener = await Peer.TakePortAsync();
        var path = _folder.Path + "/free.sock";
        _folder.Write("switchboard.json", $$"""
            [ { "serve": "echo", "listen": "unix:{{path}}" }, { "serve": "echo", "listen": "{{listener.Local}}" } ]
            """);
        await using var run = StartHere("up");

        Assert.Equal(3, await run.Exit);
        Assert.Contains($"cannot listen at {listener.Local}", run.Error.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_mistake_in_the_file_is_pointed_at()
    {
        _folder.Write("switchboard.json", "[\n  { \"serve\": \"ehco\" }\n]");
        await using var run = StartHere("up");

        Assert.Equal(2, await run.Exit);
        Assert.StartsWith(
            "error: switchboard.json:2:14: there is no service 'ehco'", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_mistake()
    {
        await using var run = StartHere("up", "--config", "none.json");

        Assert.Equal(2, await run.Exit);
        Assert.StartsWith("error: none.json cannot be read.", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_and_a_first_port_do_not_go_together()
    {
        await using var run = StartHere("up", "--config", "none.json", "--port-base", "0");

        Assert.Equal(2, await run.Exit);
    }

    private CommandRun StartHere(params string[] arguments) =>
        CommandRun.StartIn(world => world with { Folder = _folder.Path }, arguments);
}
