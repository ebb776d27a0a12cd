namespace Switchboard.Cli.Tests.Processes;

/// <summary>Which engine a process really uses, as its threads show, and what its environment decides.</summary>
public sealed class EngineProcessTests
{
    [Theory]
    [InlineData("SWITCHBOARD_ENGINE=", "--engine epoll", true)]
    [InlineData("SWITCHBOARD_ENGINE=", "--engine sockets", false)]
    [InlineData("SWITCHBOARD_ENGINE=", "", true)]
    [InlineData("SWITCHBOARD_ENGINE=sockets", "", false)]
    [InlineData("SWITCHBOARD_ENGINE=select", "--engine sockets", false)]
    public async Task The_option_decides_and_otherwise_the_environment(string variable, string option, bool hasLoops)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is one engine only here.");
        await using var run = RunningProgram.StartShell($"{variable} exec $switchboard serve echo :0 --json {option}");

        Assert.Equal("hello", await Peer.AskAsync(await run.EndpointAsync(), "hello"));
        Assert.Equal(hasLoops, ThreadNames.Of(run.Id).Contains("Switchboard"));
    }

    [Fact]
    public async Task An_unknown_engine_in_the_environment_is_a_mistake()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such shell here.");
        await using var run = RunningProgram.StartShell("SWITCHBOARD_ENGINE=select exec $switchboard connect :9");

        Assert.Equal(2, await run.ExitAsync());
        Assert.StartsWith("error: SWITCHBOARD_ENGINE names no engine.\n", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("'select'", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("epoll or sockets", run.Error.Text, StringComparison.Ordinal);
    }
}
