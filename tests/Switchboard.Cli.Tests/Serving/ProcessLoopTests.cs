using System.Diagnostics;
using System.Text.Json;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Serving;

/// <summary>A process for each connection, with the built-in services and with programs of the system's.</summary>
public sealed class ProcessLoopTests
{
    public ProcessLoopTests() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are given sockets on Linux only.");

    [Theory]
    [InlineData("epoll")]
    [InlineData("sockets")]
    public async Task The_death_of_one_process_loses_one_conversation(string engine)
    {
        await using var run = RunningProgram.StartSwitchboard(
            "serve", "reverse", ":0", "--loop", "process", "--framing", "lines", "--engine", engine, "--json");
        var endpoint = await run.EndpointAsync();
        var talks = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Peer.ConnectAsync(endpoint)));
        foreach (var talk in talks)
        {
            await AskLineAsync(talk);
        }

        var children = ChildProcesses.Of(run);
        Assert.Equal(4, children.Count);
        using (var victim = Process.GetProcessById(children[0]))
        {
            victim.Kill();
        }

        await run.Output.WaitForLineAsync("\"event\":\"handler-failed\"", "was killed by signal 9");
        var survivors = 0;
        foreach (var talk in talks)
        {
            survivors += await StillTalksAsync(talk) ? 1 : 0;
            await talk.DisposeAsync();
        }

        Assert.Equal(3, survivors);
        await run.SignalAsync("TERM");
        Assert.Equal(0, await run.ExitAsync());
        Assert.DoesNotContain(children, ChildProcesses.IsThere);
    }

    [Fact]
    public async Task Each_service_of_up_is_found_in_its_process()
    {
        await using var run = RunningProgram.StartSwitchboard("up", "--port-base", "0", "--loop", "process", "--json");
        var greet = await EndpointOfAsync(run, "greet");
        var reverse = await EndpointOfAsync(run, "reverse");

        Assert.Equal("!dlrow ,olleH", await Peer.AskAsync(reverse, "Hello, world!"));
        Assert.Contains("Hello", await Peer.AskAsync(greet, ""), StringComparison.OrdinalIgnoreCase);
        await run.SignalAsync("TERM");
        Assert.Equal(0, await run.ExitAsync());
    }

    [Fact]
    public async Task Two_hundred_programs_in_flight_leave_none_behind()
    {
        const int Programs = 200;
        await using var run = RunningProgram.StartSwitchboard(
            "listen", ":0", "--keep", "--json", "--loop", "process", "--exec", "cat");
        var endpoint = await run.EndpointAsync();
        var talks = await Task.WhenAll(Enumerable.Range(0, Programs).Select(_ => Peer.ConnectAsync(endpoint)));
        foreach (var talk in talks)
        {
            await AskLineAsync(talk, "\n");
        }

        var children = ChildProcesses.Of(run);
        Assert.Equal(Programs, children.Count);
        await run.SignalAsync("TERM");

        Assert.Equal(0, await run.ExitAsync());
        Assert.DoesNotContain(children, ChildProcesses.IsThere);
        foreach (var talk in talks)
        {
            await talk.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_program_has_the_connection_and_little_else()
    {
        await using var run = RunningProgram.StartShell(
            "SECRET=1 exec $switchboard listen :0 --keep --json "
            + "--exec sh -c 'env; echo; for fd in /proc/self/fd/*; do readlink $fd; done; cat'");
        await using var peer = await Peer.ConnectAsync(await run.EndpointAsync());

        var said = (await Peer.AskAsync(peer, "end")).Split("\n\n");

        var variables = said[0].Split('\n');
        Assert.Contains($"SWITCHBOARD_REMOTE={peer.Local}", variables);
        Assert.Contains($"SWITCHBOARD_LOCAL={peer.Remote}", variables);
        Assert.Contains(variables, one => one.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.DoesNotContain("SECRET", said[0], StringComparison.Ordinal);
        var descriptors = said[1].Split('\n');
        Assert.Equal(2, descriptors.Count(one => one.StartsWith("socket:", StringComparison.Ordinal)));
        Assert.DoesNotContain(descriptors, one => one.StartsWith("anon_inode:", StringComparison.Ordinal));
        Assert.Equal("end", descriptors[^1]);
    }

    [Fact]
    public async Task One_peer_is_served_by_a_program_and_then_the_command_ends()
    {
        await using var run = RunningProgram.StartSwitchboard("listen", ":0", "--exec", "sort", "-r");

        Assert.Equal("b\na\n", await Peer.AskAsync(await run.WaitForListeningAsync(), "a\nb\n"));
        Assert.Equal(0, await run.ExitAsync());
    }

    [Fact]
    public async Task A_program_that_fails_is_told()
    {
        await using var run = RunningProgram.StartSwitchboard("listen", ":0", "--exec", "false");

        Assert.Equal("", await Peer.AskAsync(await run.WaitForListeningAsync(), ""));
        Assert.Equal(1, await run.ExitAsync());
        Assert.Contains("the program false ended with exit code 1", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_mistake_at_once()
    {
        await using var run = RunningProgram.StartSwitchboard("listen", ":0", "--exec", "no-such-program");

        Assert.Equal(2, await run.ExitAsync());
        Assert.Contains("there is no program 'no-such-program'", run.Error.Text, StringComparison.Ordinal);
    }

    private static async Task<Endpoint> EndpointOfAsync(RunningProgram run, string service)
    {
        using var json = JsonDocument.Parse(await run.Output.WaitForLineAsync("\"listening\"", $"\"{service}\""));
        return Endpoint.Parse(json.RootElement.GetProperty("endpoint").GetString()!);
    }

    private static async Task<bool> StillTalksAsync(Connection talk)
    {
        try
        {
            await AskLineAsync(talk);
            return true;
        }
        catch (Exception error) when (error is ConnectionException or TruncatedFrameException)
        {
            return false;
        }
    }

    private static async Task AskLineAsync(Connection talk, string answer = "cba\n")
    {
        await Peer.SendAsync(talk, answer == "\n" ? "\n" : "abc\n");
        var heard = await talk.ReceiveUntilAsync("\n"u8.ToArray(), maxBytes: 100, Deadline.Soon);
        if (heard is null)
        {
            throw new TruncatedFrameException("The peer has gone.", ReadOnlyMemory<byte>.Empty);
        }

        Assert.Equal(answer.Length - 1, heard.Length);
    }
}
