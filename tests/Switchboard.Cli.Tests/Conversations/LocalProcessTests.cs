using System.Text.Json;
using Switchboard.Cli.Holders;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Conversations;

/// <summary>Named pipes and programs as the command meets them.</summary>
public sealed class LocalProcessTests : IDisposable
{
    private readonly PipeEndpoint _pipe = new($"test-{Guid.NewGuid():N}");

    public LocalProcessTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Uses the programs of Unix.");

    /// <summary>A server that is killed at the end of a test leaves its file behind.</summary>
    public void Dispose() => File.Delete(_pipe.SocketPath ?? _pipe.Name);

    [Fact]
    public async Task A_program_is_talked_to_through_its_streams()
    {
        await using var connect = RunningProgram.StartSwitchboard("connect", "exec:sort -r", "--send", @"a\nc\nb\n");

        Assert.Equal(0, await connect.ExitAsync());
        Assert.Equal("c\nb\na\n", connect.Output.Text);
        Assert.Equal("", connect.Error.Text);
    }

    [Fact]
    public async Task What_a_program_says_to_people_goes_to_people()
    {
        await using var connect = RunningProgram.StartSwitchboard(
            "connect", "exec:sh -c \"echo out; echo words >&2; exit 7\"", "--send", "");

        Assert.Equal(1, await connect.ExitAsync());
        Assert.Equal("out\n", connect.Output.Text);
        Assert.StartsWith("words\n", connect.Error.Text, StringComparison.Ordinal);
        Assert.Contains("The program ended with exit code 7", connect.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "there is no program no-such-program", "connect", "exec:no-such-program")]
    [InlineData(3, "nobody listens at this name", "connect", "pipe:nobody-is-here")]
    [InlineData(2, "nobody else is there", "connect", "-")]
    [InlineData(2, "cannot be listened at", "listen", "exec:cat")]
    [InlineData(2, "nobody else is there", "listen", "-")]
    [InlineData(2, "cannot be listened at", "serve", "echo", "exec:cat")]
    [InlineData(2, "nobody else is there", "serve", "echo", "-")]
    [InlineData(2, "nobody holds it", "who", "exec:cat")]
    public async Task What_cannot_work_is_said_with_its_exit_code(int exit, string words, params string[] arguments)
    {
        await using var run = RunningProgram.StartSwitchboard(arguments);

        Assert.Equal(exit, await run.ExitAsync());
        Assert.Contains(words, run.Error.Text, StringComparison.Ordinal);
        Assert.Empty(run.Output.ToArray());
    }

    [Fact]
    public async Task Listen_and_connect_meet_at_a_pipe()
    {
        await using var listen = RunningProgram.StartSwitchboard("listen", $"{_pipe}", "--send", "from listen");
        await listen.Error.WaitForLineAsync($"{_pipe}");

        await using var connect = RunningProgram.StartSwitchboard("connect", $"{_pipe}", "--send", "from connect");

        Assert.Equal(0, await connect.ExitAsync());
        Assert.Equal(0, await listen.ExitAsync());
        Assert.Equal("from listen", connect.Output.Text);
        Assert.Equal("from connect", listen.Output.Text);
    }

    [Fact]
    public async Task Python_half_closes_and_hears_everything_and_who_knows_the_holder()
    {
        Programs.Require("python3");
        Assert.SkipUnless(HolderSearch.IsAvailable, "Holders are known on Linux.");
        await using var serve = RunningProgram.StartSwitchboard("serve", "reverse", $"{_pipe}", "--json");
        await serve.Output.WaitForLineAsync("\"event\":\"listening\"", $"\"endpoint\":\"{_pipe}\"");

        await using var python = RunningProgram.Start("python3", "-c", """
            import socket, sys
            client = socket.socket(socket.AF_UNIX)
            client.connect(sys.argv[1])
            client.sendall(b'Hello, world!')
            client.shutdown(socket.SHUT_WR)
            print(client.recv(1024), client.recv(1024))
            """, _pipe.SocketPath!);
        Assert.Equal(0, await python.ExitAsync());
        Assert.Equal("b'!dlrow ,olleH' b''\n", python.Output.Text);

        await using var who = RunningProgram.StartSwitchboard("who", $"{_pipe}", "--json");
        Assert.Equal(0, await who.ExitAsync());
        var holder = JsonDocument.Parse(who.Output.Text.Split('\n')[0]).RootElement;
        Assert.Equal($"{_pipe}", holder.GetProperty("local").GetString());
        Assert.Equal(serve.Id, holder.GetProperty("processes")[0].GetProperty("pid").GetInt32());

        await using var second = RunningProgram.StartSwitchboard("serve", "echo", $"{_pipe}");
        Assert.Equal(3, await second.ExitAsync());
        Assert.Contains($"switchboard who {_pipe}", second.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_connect_where_another_user_listens_is_refused_before_anything_is_sent()
    {
        Programs.Require("python3");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only the administrator can be two users.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the framework looks.");
        await using var squatter = StartAsNobody("""
            server = socket.socket(socket.AF_UNIX)
            server.bind(sys.argv[1])
            server.listen()
            print('ready', flush=True)
            peer = server.accept()[0]
            print('heard', peer.recv(100), flush=True)
            """);
        await squatter.Output.WaitForLineAsync("ready");

        await using var connect = RunningProgram.StartSwitchboard("connect", $"{_pipe}", "--send", "secret");

        Assert.Equal(3, await connect.ExitAsync());
        Assert.Contains("another user listens at this name", connect.Error.Text, StringComparison.Ordinal);
        await squatter.Output.WaitForLineAsync("heard b''");
    }

    [Fact]
    public async Task A_peer_of_another_user_is_passed_over_even_where_the_file_lets_it_in()
    {
        Programs.Require("python3");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only the administrator can be two users.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the framework looks.");
        await using var serve = RunningProgram.StartSwitchboard("serve", "greet", $"{_pipe}", "--json");
        await serve.Output.WaitForLineAsync("\"event\":\"listening\"");
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(_pipe.SocketPath!, (UnixFileMode)0b110_110_110);
#pragma warning restore CA1416

        await using var stranger = StartAsNobody("""
            client = socket.socket(socket.AF_UNIX)
            client.connect(sys.argv[1])
            print('heard', client.recv(100), flush=True)
            """);

        await stranger.Output.WaitForLineAsync("heard b''");
        Assert.StartsWith("Hello", await Peer.AskAsync(_pipe, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_serves_at_a_pipe_and_points_at_an_entry_that_cannot_be_served_at()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "switchboard.json");
        await File.WriteAllTextAsync(
            file, $$"""[{"serve": "echo", "listen": "{{_pipe}}"}]""", TestContext.Current.CancellationToken);
        await using var up = RunningProgram.StartSwitchboard("up", "--config", file, "--json");
        await up.Output.WaitForLineAsync("\"event\":\"listening\"", $"\"endpoint\":\"{_pipe}\"");
        Assert.Equal("Hello", await Peer.AskAsync(_pipe, "Hello"));

        await File.WriteAllTextAsync(
            file, """[{"serve": "echo", "listen": "exec:cat"}]""", TestContext.Current.CancellationToken);
        await using var wrong = RunningProgram.StartSwitchboard("up", "--config", file);
        Assert.Equal(2, await wrong.ExitAsync());
        Assert.Contains("switchboard.json:1:", wrong.Error.Text, StringComparison.Ordinal);
        Assert.Contains("cannot be listened at", wrong.Error.Text, StringComparison.Ordinal);
    }

    /// <summary>Runs a Python program that has the path of the pipe's socket, as a user of no rights.</summary>
    private RunningProgram StartAsNobody(string program) => RunningProgram.Start(
        "python3", "-c", $"import os, socket, sys\nos.setgid(65534)\nos.setuid(65534)\n{program}", _pipe.SocketPath!);
}
