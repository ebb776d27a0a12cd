using System.Text.Json;

namespace Switchboard.Cli.Tests.Processes;

/// <summary>What only a real process can show: streams, signals and exit codes of the operating system.</summary>
public sealed class ProcessTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_server_drains_on_a_signal_and_ends_with_0(string signal)
    {
        SkipOnWindows();
        await using var run = RunningProgram.StartSwitchboard("serve", "reverse", ":0", "--json");
        var endpoint = await run.EndpointAsync();
        Assert.Equal("!dlrow ,olleH", await Peer.AskAsync(endpoint, "Hello, world!"));

        await run.SignalAsync(signal);

        Assert.Equal(0, await run.ExitAsync());
        Assert.Equal("", run.Error.Text);
        Assert.Contains("\"event\":\"end\"", run.Output.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_signal_ends_the_drain()
    {
        SkipOnWindows();
        await using var run = RunningProgram.StartSwitchboard(
            "serve", "reverse", ":0", "--json", "--framing", "until-close");
        await using var busy = await Peer.ConnectAsync(await run.EndpointAsync());
        await run.Output.WaitForLineAsync("\"event\":\"opened\"");

        await run.SignalAsync("INT");
        await run.Output.WaitForLineAsync("\"event\":\"stopping\"");
        await run.SignalAsync("INT");

        var exit = await run.ExitAsync();
        using var end = JsonDocument.Parse(await run.Output.WaitForLineAsync("\"event\":\"end\""));
        Assert.Equal(end.RootElement.GetProperty("aborted").GetInt32() == 0 ? 0 : 130, exit);
    }

    [Fact]
    public async Task Events_for_people_leave_standard_output_empty()
    {
        SkipOnWindows();
        await using var run = RunningProgram.StartSwitchboard("up", "--port-base", "0");
        await run.Error.WaitForLineAsync("Ctrl-C stops.");

        await run.SignalAsync("INT");

        Assert.Equal(0, await run.ExitAsync());
        Assert.Empty(run.Output.ToArray());
    }

    [Fact]
    public async Task A_full_disk_is_an_error_in_words()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        await using var run = RunningProgram.StartShell("$switchboard --help > /dev/full");

        Assert.Equal(1, await run.ExitAsync());
        Assert.StartsWith("error: ", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("No space left on device", run.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_pipe_ends_the_command_quietly_with_141()
    {
        SkipOnWindows();
        using var folder = new TempFolder();
        var pipe = Path.Combine(folder.Path, "pipe");

        // The shell holds both ends of the pipe, and lets the reading one go before the command starts.
        await using var run = RunningProgram.StartShell(
            $"mkfifo '{pipe}'; exec 3<>'{pipe}' 4>'{pipe}' 3<&-; $switchboard --help >&4; exit $?");

        Assert.Equal(141, await run.ExitAsync());
        Assert.Equal("", run.Error.Text);
    }

    [Theory]
    [InlineData("$switchboard --version >&-", 1)]
    [InlineData("$switchboard --version <&- 2>&-", 0)]
    [InlineData("$switchboard nonsense 2>&-", 2)]
    [InlineData("$switchboard nonsense <&- >&- 2>&-", 2)]
    public async Task A_closed_stream_is_never_mistaken_for_a_file_of_the_runtime(string line, int exit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it cannot be found out.");
        await using var run = RunningProgram.StartShell(line);

        Assert.Equal(exit, await run.ExitAsync());
        Assert.Equal(exit == 1, run.Error.Text.Contains("Standard output is closed.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_with_no_streams_finishes_at_once_and_ends_with_its_peer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it cannot be found out.");
        await using var waiting = await Peer.TakePortAsync();
        await using var run = RunningProgram.StartShell(
            $"exec $switchboard connect {waiting.Local} <&- >&- 2>&-");
        await using var peer = await waiting.AcceptAsync(Deadline.Soon);

        Assert.Empty(await peer.ReceiveToEndAsync(maxBytes: 1, Deadline.Soon));
        await peer.CompleteSendingAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await run.ExitAsync());
    }

    [Fact]
    public async Task What_others_wrote_to_the_same_file_stays()
    {
        SkipOnWindows();
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "out");
        await using var run = RunningProgram.StartShell(
            $"{{ echo before; $switchboard --version; echo after; }} > '{path}'");

        Assert.Equal(0, await run.ExitAsync());
        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(["before", "after"], [lines[0], lines[^1]]);
        Assert.Equal(3, lines.Length);
    }

    [Theory]
    [InlineData("switchboard.json", "{ }")]
    [InlineData("switchboard.json", "")]
    public async Task A_mistake_never_shows_a_stack_trace(string name, string text)
    {
        using var folder = new TempFolder();
        await using var run = RunningProgram.StartSwitchboard("up", "--config", folder.Write(name, text));

        Assert.Equal(2, await run.ExitAsync());
        Assert.DoesNotContain("   at ", run.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exit_code_reaches_the_shell()
    {
        await using var listener = await Peer.TakePortAsync();
        await using var run = RunningProgram.StartSwitchboard("serve", "echo", $"{listener.Local}");

        Assert.Equal(3, await run.ExitAsync());
    }

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals here.");
}
