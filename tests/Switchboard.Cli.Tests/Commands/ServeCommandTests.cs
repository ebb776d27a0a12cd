using System.Runtime.InteropServices;
using System.Text.Json;
using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Tests.Commands;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task It_serves_where_it_says()
    {
        await using var run = CommandRun.Start("serve", "reverse", ":0", "--json");
        var endpoint = await run.WaitForEndpointAsync();

        Assert.Equal("!dlrow ,olleH", await Peer.AskAsync(endpoint, "Hello, world!"));
    }

    [Fact]
    public async Task The_listening_event_tells_service_endpoint_and_port()
    {
        await using var run = CommandRun.Start("serve", "echo", "tcp://127.0.0.1:0", "--json");

        var listening = await run.WaitForEventAsync("listening");

        Assert.Equal("echo", listening.GetProperty("service").GetString());
        Assert.Equal(
            $"tcp://127.0.0.1:{listening.GetProperty("port").GetInt32()}",
            listening.GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task Each_connection_is_told_when_it_opens_and_when_it_ends()
    {
        await using var run = CommandRun.Start("serve", "echo", ":0", "--json");
        await Peer.AskAsync(await run.WaitForEndpointAsync(), "four");

        var opened = await run.WaitForEventAsync("opened");
        var ended = await run.WaitForEventAsync("ended");

        Assert.Equal(opened.GetProperty("connection").GetInt64(), ended.GetProperty("connection").GetInt64());
        Assert.Equal("finished", ended.GetProperty("reason").GetString());
        Assert.Equal(4, ended.GetProperty("bytesReceived").GetInt64());
        Assert.Equal(4, ended.GetProperty("bytesSent").GetInt64());
    }

    [Fact]
    public async Task Without_json_all_text_goes_to_standard_error_and_none_to_standard_output()
    {
        await using var run = CommandRun.Start("serve", "greet", ":0");
        var line = await run.Error.WaitForLineAsync("greet listens at ");
        await Peer.AskAsync(Endpoint.Parse(line.Split(' ')[^1]), "");
        await run.Error.WaitForLineAsync("ended: both sides finished");

        run.Interrupt();

        Assert.Equal(0, await run.Exit);
        Assert.Equal("", run.Output.Text);
        Assert.Contains("stopped after 1 connections", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_nothing_but_objects_goes_to_standard_output()
    {
        await using var run = CommandRun.Start("serve", "echo", ":0", "--json");
        await Peer.AskAsync(await run.WaitForEndpointAsync(), "x");
        await run.WaitForEventAsync("ended");
        run.Interrupt();
        await run.Exit;

        // On a machine that has much else to do a handler may be told to have stalled: a collection of garbage held it.
        var events = run.Output.Lines
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString())
            .Where(name => name != "handler-stalled");
        Assert.Equal("", run.Error.Text);
        Assert.Equal(["listening", "opened", "ended", "stopping", "end"], events);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task The_first_signal_lets_peers_finish_and_that_is_a_success(PosixSignal signal)
    {
        await using var run = CommandRun.Start("serve", "discard", ":0", "--json");
        await using var connection = await Peer.ConnectAsync(await run.WaitForEndpointAsync());
        await run.WaitForEventAsync("opened");

        run.Raise(signal);
        await run.WaitForEventAsync("stopping");
        await Peer.FinishAsync(connection);

        Assert.Equal(0, await run.Exit);
        var end = await run.WaitForEventAsync("end");
        Assert.Equal(1, end.GetProperty("accepted").GetInt32());
        Assert.Equal(0, end.GetProperty("aborted").GetInt32());
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task The_second_signal_resets_who_is_left(PosixSignal signal, int exit)
    {
        // With a clock that stands still the server would wait for the silent peer for ever.
        await using var run = CommandRun.StartIn(
            world => world with { Time = new FixedTime(DateTimeOffset.UnixEpoch) }, "serve", "discard", ":0", "--json");
        await using var silent = await Peer.ConnectAsync(await run.WaitForEndpointAsync());
        await run.WaitForEventAsync("opened");

        run.Raise(signal);
        await run.WaitForEventAsync("stopping");
        run.Raise(signal);

        Assert.Equal(exit, await run.Exit);
        Assert.Equal(1, (await run.WaitForEventAsync("end")).GetProperty("aborted").GetInt32());
    }

    [Fact]
    public async Task A_peer_with_too_many_connections_waits_for_room()
    {
        await using var run = CommandRun.Start("serve", "echo", ":0", "--json", "--max-connections", "1");
        await using var first = await Peer.ConnectAsync(await run.WaitForEndpointAsync());

        var paused = await run.WaitForEventAsync("accept-paused");

        Assert.Contains("1 connections are open", paused.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_peer_is_timed_out_and_the_event_says_so()
    {
        await using var run = CommandRun.Start("serve", "echo", ":0", "--json", "--idle", "100ms");
        await using var silent = await Peer.ConnectAsync(await run.WaitForEndpointAsync());

        var ended = await run.WaitForEventAsync("ended");

        Assert.Equal("timed-out", ended.GetProperty("reason").GetString());
        Assert.Contains("the peer sent nothing", ended.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_listen_at_every_address_is_warned_of_in_one_line()
    {
        await using var run = CommandRun.Start("serve", "echo", "0.0.0.0:0");

        var warning = await run.Error.WaitForLineAsync("warning: ");

        Assert.Contains("everyone who can reach this machine", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_is_told_with_its_holder()
    {
        await using var listener = await Peer.TakePortAsync();
        await using var run = CommandRun.StartIn(
            world => world with { Holders = new OneHolder() }, "serve", "echo", $"{listener.Local}");

        Assert.Equal(3, await run.Exit);
        Assert.Contains($"cannot listen at {listener.Local}", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("python3 (pid 4711) holds port", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("switchboard who :", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_framing_is_refused_where_there_are_no_frames()
    {
        await using var run = await CommandRun.RunAsync("serve", "greet", ":0", "--framing", "lines");

        Assert.Equal(2, await run.Exit);
        Assert.Contains("greet knows no frames", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_breaks_the_framing_is_told_of()
    {
        await using var run = CommandRun.Start(
            "serve", "echo", ":0", "--json", "--framing", "lines", "--max-frame", "4");
        await using var connection = await Peer.ConnectAsync(await run.WaitForEndpointAsync());
        await Peer.SendAsync(connection, "far too long\n");
        await Peer.FinishAsync(connection);

        var ended = await run.WaitForEventAsync("ended");

        Assert.Equal("protocol-error", ended.GetProperty("reason").GetString());
    }

    private sealed class OneHolder : IPortHolders
    {
        public PortHolder? Find(Endpoint endpoint) => new("python3", 4711);
    }
}
