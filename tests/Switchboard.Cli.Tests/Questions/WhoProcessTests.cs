using System.Text.Json;
using Switchboard.Cli.Holders;
using Switchboard.Cli.Questions;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Questions;

public sealed class WhoProcessTests
{
    private static CancellationToken Stop => Deadline.Soon;

    [Fact]
    public async Task A_holder_is_shown_with_its_process_and_the_exit_code_is_0()
    {
        Assert.SkipUnless(HolderSearch.IsAvailable, "Holders are known on Linux.");
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        var port = ((TcpEndpoint)listener.Local).Port;

        await using var who = RunningProgram.StartSwitchboard("who", $":{port}");

        Assert.Equal(0, await who.ExitAsync());
        var lines = who.Output.Text.TrimEnd().Split('\n');
        Assert.StartsWith("STATE", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("LISTEN", lines[1], StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{port}", lines[1], StringComparison.Ordinal);
        Assert.Contains($"(pid {Environment.ProcessId})", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_name_every_process_and_end()
    {
        Assert.SkipUnless(HolderSearch.IsAvailable, "Holders are known on Linux.");
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);

        await using var who = RunningProgram.StartSwitchboard("who", $"{listener.Local}", "--json");

        Assert.Equal(0, await who.ExitAsync());
        var events = who.Output.Text.TrimEnd().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["holder", "end"], events.Select(each => each.GetProperty("event").GetString()));
        Assert.Equal(
            Environment.ProcessId, events[0].GetProperty("processes")[0].GetProperty("pid").GetInt32());
        Assert.Equal(1, events[1].GetProperty("holders").GetInt32());
    }

    [Fact]
    public async Task Nobody_is_said_with_exit_code_1()
    {
        Assert.SkipUnless(HolderSearch.IsAvailable, "Holders are known on Linux.");

        await using var who = RunningProgram.StartSwitchboard("who", "unix:/nowhere/app.sock");

        Assert.Equal(1, await who.ExitAsync());
        Assert.Equal("Nobody holds unix:/nowhere/app.sock.\n", who.Error.Text);
        Assert.Empty(who.Output.ToArray());
    }

    [Theory]
    [InlineData(":8000", "tcp://localhost:8000", true)]
    [InlineData("8000", "tcp://localhost:8000", true)]
    [InlineData("localhost:8000", "tcp://localhost:8000", false)]
    [InlineData("unix:/run/app.sock", "unix:/run/app.sock", false)]
    public void A_bare_port_means_every_address(string text, string endpoint, bool anyAddress)
    {
        var question = HolderQuestion.Parse(text);

        Assert.Equal(endpoint, $"{question.Endpoint}");
        Assert.Equal(anyAddress, question.AnyAddress);
    }

    [Theory]
    [InlineData(":0")]
    [InlineData("70000")]
    [InlineData("memory:bank")]
    [InlineData("")]
    public void What_nobody_can_hold_is_refused(string text)
    {
        Assert.ThrowsAny<FormatException>(() => HolderQuestion.Parse(text));
    }
}
