using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Serving;

public class ServerTests
{
    private static readonly Endpoint Outside = "tcp://192.0.2.1:4000";

    [Fact]
    public async Task Past_the_most_connections_accepting_pauses_and_goes_on_when_one_ends()
    {
        await using var run = await ServerRun.StartAsync(
            (connection, stopping) => connection.ReceiveToEndAsync(100, stopping).AsTask(),
            new ServerLimits { MaxConnections = 2 });
        var first = await run.ComeAsync();
        await run.ComeAsync();
        run.ComeUnaccepted();
        await Waiting.UntilAsync(() => !run.Observer.Paused.IsEmpty);
        Assert.Equal((2, 2), (run.Server.GetStatistics().Open, run.Wires.Accepts));

        first.Abort();
        await Waiting.UntilAsync(() => run.Server.GetStatistics().Accepted == 3);
        Assert.Equal(2, run.Server.GetStatistics().Open);
    }

    [Fact]
    public async Task An_address_with_too_many_connections_is_refused_and_others_are_not()
    {
        await using var run = await ServerRun.StartAsync(HoldAsync, new ServerLimits { MaxConnectionsPerAddress = 2 });
        await run.ComeAsync(Outside);
        await run.ComeAsync("tcp://192.0.2.1:4001");
        var third = await run.ComeAsync("tcp://192.0.2.1:4002");
        await run.ComeAsync("tcp://192.0.2.2:4000");

        await Assert.ThrowsAsync<ConnectionResetException>(() => third.ReceiveAsync(new byte[1]).Soon());
        await Waiting.UntilAsync(() => run.Server.GetStatistics() is { Open: 3, Refused: 1, Accepted: 4 });

        // It is told behind the count.
        await Waiting.UntilAsync(() => !run.Observer.Refused.IsEmpty);
        Assert.Equal(["tcp://192.0.2.1:4002"], run.Observer.Refused.Select(remote => $"{remote}"));
    }

    [Fact]
    public async Task A_limit_of_no_time_is_refused_with_the_way_to_lift_it()
    {
        var options = new ServerOptions { Limits = new ServerLimits { IdleTimeout = TimeSpan.Zero } };

        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Server.StartAsync("memory:limits", HoldAsync, options));

        Assert.Contains("InfiniteTimeSpan lifts it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_addresses_of_one_IPv6_network_count_as_one()
    {
        await using var run = await ServerRun.StartAsync(HoldAsync, new ServerLimits { MaxConnectionsPerAddress = 1 });
        await run.ComeAsync("tcp://[2001:db8:0:1::1]:4000");
        await run.ComeAsync("tcp://[2001:db8:0:1:ffff::2]:4000");
        await run.ComeAsync("tcp://[2001:db8:0:2::1]:4000");

        await Waiting.UntilAsync(() => run.Server.GetStatistics() is { Open: 2, Refused: 1, Accepted: 3 });
    }

    [Fact]
    public async Task An_address_whose_connection_has_ended_may_come_again()
    {
        await using var run = await ServerRun.StartAsync(
            (connection, stopping) => connection.ReceiveToEndAsync(100, stopping).AsTask(),
            new ServerLimits { MaxConnectionsPerAddress = 1 });
        for (var round = 0; round < 3; round++)
        {
            (await run.ComeAsync(Outside)).Abort();
            await Waiting.UntilAsync(() => run.Server.GetStatistics().Open == 0);
        }

        Assert.Equal(0, run.Server.GetStatistics().Refused);
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:4000")]
    [InlineData("tcp://[::1]:4000")]
    [InlineData("memory:somebody")]
    public async Task Peers_of_this_machine_are_not_counted_by_address(string remote)
    {
        await using var run = await ServerRun.StartAsync(HoldAsync, new ServerLimits { MaxConnectionsPerAddress = 1 });
        await run.ComeAsync(remote);
        await run.ComeAsync(remote);

        Assert.Equal(2, run.Server.GetStatistics().Open);
    }

    [Fact]
    public async Task A_handler_that_throws_resets_its_own_connection_and_no_other()
    {
        var mistake = new InvalidDataException("a mistake of the handler");
        await using var run = await ServerRun.StartAsync(async (connection, stopping) =>
        {
            if (await connection.ReceiveAsync(new byte[1], stopping) > 0)
            {
                await connection.SendAsync("half an answ"u8.ToArray(), stopping);
                throw mistake;
            }
        });
        var healthy = await run.ComeAsync();
        var peer = await run.ComeAsync();
        await peer.SendAsync(new byte[1]);

        await Assert.ThrowsAsync<ConnectionResetException>(() => peer.ReceiveToEndAsync(100).Soon());
        await Waiting.UntilAsync(() => run.Server.GetStatistics() is { Open: 1, HandlersFailed: 1 });
        Assert.Equal([mistake], run.Observer.Failed);
        Assert.Equal(EndReason.HandlerFailed, Assert.Single(run.Observer.Ended).Reason);
        await healthy.CompleteSendingAsync();
        Assert.Empty(await healthy.ReceiveToEndAsync(100).Soon());
    }

    [Fact]
    public async Task A_handler_that_throws_before_it_waits_does_not_hurt_the_server()
    {
        await using var run = await ServerRun.StartAsync((_, _) => throw new InvalidDataException("at once"));
        await run.ComeAsync();
        await run.ComeAsync();

        await Waiting.UntilAsync(() => run.Server.GetStatistics() is { Open: 0, HandlersFailed: 2 });
    }

    [Fact]
    public async Task What_the_peer_did_is_not_a_failure_of_the_handler()
    {
        await using var run = await ServerRun.StartAsync(async (connection, stopping) =>
        {
            await using var lines = connection.Frames(Framing.Lines(10));
            while (await lines.ReceiveAsync(stopping) is not null)
            {
            }
        });
        (await run.ComeAsync()).Abort();
        var wrong = await run.ComeAsync();
        await wrong.SendAsync(new byte[100]);
        await wrong.DisposeAsync().Soon();
        var cut = await run.ComeAsync();
        await cut.SendAsync(new byte[5]);
        await cut.DisposeAsync().Soon();

        await Waiting.UntilAsync(() => run.Observer.Ended.Count == 3);
        Assert.Equal(
            [EndReason.PeerReset, EndReason.ProtocolError, EndReason.ProtocolError],
            run.Observer.Ended.Select(end => end.Reason).Order());
        Assert.Empty(run.Observer.Failed);
    }

    [Fact]
    public async Task A_failure_to_reach_somebody_else_is_the_handlers()
    {
        await using var run = await ServerRun.StartAsync(async (_, stopping) =>
            await Connection.ConnectAsync("memory:nobody-listens-here", cancellationToken: stopping));
        await run.ComeAsync();

        await Waiting.UntilAsync(() => !run.Observer.Failed.IsEmpty);
        Assert.IsType<ConnectionRefusedException>(Assert.Single(run.Observer.Failed));
        Assert.Equal(1, run.Server.GetStatistics().HandlersFailed);
    }

    [Fact]
    public async Task An_observer_that_throws_at_every_call_changes_nothing()
    {
        await using var run = await ServerRun.StartAsync(
            async (connection, stopping) =>
            {
                await connection.ReceiveToEndAsync(100, stopping);
                throw new InvalidDataException("so that the failure is told too");
            },
            new ServerLimits { MaxConnections = 1 },
            observerThrows: new InvalidOperationException("an observer's mistake"));
        for (var come = 1; come <= 3; come++)
        {
            var peer = await run.ComeAsync();
            await peer.CompleteSendingAsync();
            await Waiting.UntilAsync(() => run.Server.GetStatistics() is { Open: 0 } now && now.HandlersFailed == come);
        }

        Assert.Equal((3, 3), (run.Observer.Opened.Count, run.Observer.Failed.Count));
        Assert.False(run.Server.Accepting.IsCompleted);
    }

    [Fact]
    public async Task A_handler_may_close_its_connection_itself()
    {
        await using var run = await ServerRun.StartAsync(async (connection, _) =>
        {
            await connection.SendAsync("bye"u8.ToArray(), CancellationToken.None);
            await connection.DisposeAsync();
        });
        var peer = await run.ComeAsync();

        Assert.Equal("bye"u8.ToArray(), await peer.ReceiveToEndAsync(100).AsTask().Soon());
        await peer.DisposeAsync().Soon();
        await Waiting.UntilAsync(() => run.Server.GetStatistics() is { Open: 0, HandlersFailed: 0 });
    }

    [Fact]
    public async Task A_listener_that_breaks_is_told_and_the_connections_go_on()
    {
        await using var run = await ServerRun.StartAsync(
            async (connection, stopping) => await connection.SendAsync(
                await connection.ReceiveToEndAsync(100, stopping), stopping));
        var peer = await run.ComeAsync();
        run.Wires.Fail(AcceptFailure.Fatal);

        await Assert.ThrowsAsync<AcceptException>(() => run.Server.Accepting.Soon());
        await peer.SendAsync("still there"u8.ToArray());
        await peer.CompleteSendingAsync();
        Assert.Equal("still there"u8.ToArray(), await peer.ReceiveToEndAsync(100).AsTask().Soon());
    }

    [Fact]
    public async Task Statistics_add_up_over_open_and_ended_connections()
    {
        await using var run = await ServerRun.StartAsync(async (connection, stopping) =>
        {
            var buffer = new byte[100];
            while (await connection.ReceiveAsync(buffer, stopping) is > 0 and var count)
            {
                await connection.SendAsync(buffer.AsMemory(0, count), stopping);
            }
        });
        for (var peers = 0; peers < 2; peers++)
        {
            var peer = await run.ComeAsync();
            await peer.SendAsync(new byte[10]);
            await peer.ReceiveExactlyAsync(new byte[10]).Soon();
            if (peers == 0)
            {
                await peer.DisposeAsync().Soon();
            }
        }

        var expected = new ServerStatistics(1, 2, 0, 0, 20, 20);
        await Waiting.UntilAsync(() => run.Server.GetStatistics() == expected);
    }

    private static Task HoldAsync(Connection connection, CancellationToken stopping) =>
        Task.Delay(Timeout.InfiniteTimeSpan, stopping);
}
