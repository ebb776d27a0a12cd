using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Serving;

public class ServerStoppingTests
{
    [Fact]
    public async Task The_drain_counts_who_finished_and_who_was_aborted()
    {
        var handlers = new TaskCompletionSource();
        await using var run = await ServerRun.StartAsync(async (connection, stopping) =>
        {
            if (await connection.ReceiveAsync(new byte[1], CancellationToken.None) == 0)
            {
                await handlers.Task;
            }
        });
        var finishing = await run.ComeAsync();
        var stuck = await run.ComeAsync();
        var alsoStuck = await run.ComeAsync();
        await Task.WhenAll(stuck.CompleteSendingAsync().AsTask(), alsoStuck.CompleteSendingAsync().AsTask());
        var stopping = run.Server.StopAsync(TimeSpan.FromSeconds(10));
        await finishing.SendAsync(new byte[1]);
        await finishing.DisposeAsync().Soon();
        await Waiting.UntilAsync(() => run.Server.GetStatistics().Open == 2);

        // The watch has one, and the drain another.
        await run.Clock.WaitForTimersAsync(2).Soon();
        run.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new DrainResult(1, 2, TimeSpan.FromSeconds(10)), await stopping.Soon());
        await Assert.ThrowsAsync<ConnectionResetException>(() => stuck.ReceiveAsync(new byte[1]).Soon());
        handlers.SetResult();
        await Waiting.UntilAsync(() => run.Server.GetStatistics().Open == 0);
    }

    [Fact]
    public async Task A_handler_that_obeys_the_token_finishes_and_its_peer_sees_an_end()
    {
        await using var run = await ServerRun.StartAsync(
            (connection, stopping) => connection.ReceiveToEndAsync(100, stopping).AsTask());
        var peer = await run.ComeAsync();
        var seen = peer.ReceiveAsync(new byte[1]);
        await Waiting.UntilAsync(() => run.Observer.Opened.SingleOrDefault()?.GetProgress().AwaitsPeer == true);
        var stopping = run.Server.StopAsync(TimeSpan.FromHours(1));

        Assert.Equal(0, await seen.Soon());
        await peer.DisposeAsync().Soon();
        Assert.Equal((1, 0), await CountsAsync(stopping));
        Assert.Equal(EndReason.Stopped, Assert.Single(run.Observer.Ended).Reason);
        Assert.Empty(run.Observer.Failed);
    }

    [Fact]
    public async Task A_second_stop_waits_for_the_first_ones_result()
    {
        await using var run = await ServerRun.StartAsync(HoldAsync);
        await run.ComeAsync();
        var first = run.Server.StopAsync(TimeSpan.Zero);
        var second = run.Server.StopAsync(TimeSpan.FromHours(1));

        Assert.Same(await first.Soon(), await second.Soon());
    }

    [Fact]
    public async Task Cancelling_the_stop_ends_the_drain_and_not_the_stop()
    {
        var handlers = new TaskCompletionSource();
        await using var run = await ServerRun.StartAsync((_, _) => handlers.Task);
        var peer = await run.ComeAsync();
        using var hurry = new CancellationTokenSource();
        var stopping = run.Server.StopAsync(TimeSpan.FromHours(1), hurry.Token);
        await hurry.CancelAsync();

        Assert.Equal((0, 1), await CountsAsync(stopping));
        await Assert.ThrowsAsync<ConnectionResetException>(() => peer.ReceiveAsync(new byte[1]).Soon());
        handlers.SetResult();
    }

    [Fact]
    public async Task Nobody_is_accepted_after_the_stop_and_whoever_waits_is_reset()
    {
        var network = new MemoryTransport();
        await using var server = await Server.StartAsync("memory:stopping", HoldAsync, new ServerOptions
        {
            Limits = new ServerLimits { MaxConnections = 1 },
            Listen = new ListenOptions { Transport = network },
        });
        var options = new ConnectOptions { Transport = network };
        var served = await Connection.ConnectAsync("memory:stopping", options);
        await Waiting.UntilAsync(() => server.GetStatistics().Open == 1);
        var waiting = await Connection.ConnectAsync("memory:stopping", options);
        await server.StopAsync(TimeSpan.Zero).Soon();

        await Assert.ThrowsAsync<ConnectionResetException>(() => waiting.ReceiveAsync(new byte[1]).Soon());
        await Assert.ThrowsAsync<ConnectionRefusedException>(() => Connection.ConnectAsync("memory:stopping", options));
        Assert.True(server.Accepting.IsCompletedSuccessfully);
        Assert.Equal(1, server.GetStatistics().Accepted);
        served.Abort();
        waiting.Abort();
    }

    [Fact]
    public async Task A_handler_whose_cancellation_throws_does_not_break_the_stop()
    {
        var registered = new TaskCompletionSource();
        await using var run = await ServerRun.StartAsync(async (connection, stopping) =>
        {
            await using var told = stopping.Register(() => throw new InvalidDataException("when told to stop"));
            registered.SetResult();
            await HoldAsync(connection, stopping);
        });
        var peer = await run.ComeAsync();
        var seen = peer.ReceiveAsync(new byte[1]);
        await registered.Task.Soon();
        var stopping = run.Server.StopAsync(TimeSpan.FromHours(1));
        await seen.Soon();
        await peer.DisposeAsync().Soon();

        Assert.Equal((1, 0), await CountsAsync(stopping));
    }

    [Fact]
    public async Task A_handler_whose_cancellation_blocks_does_not_hold_up_the_stop()
    {
        using var blocked = new ManualResetEventSlim();
        var registered = new TaskCompletionSource();
        await using var run = await ServerRun.StartAsync(async (connection, stopping) =>
        {
            stopping.Register(blocked.Wait);
            registered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        });
        await run.ComeAsync();
        await registered.Task.Soon();

        Assert.Equal((0, 1), await CountsAsync(run.Server.StopAsync(TimeSpan.Zero)));
        blocked.Set();
    }

    [Fact]
    public async Task A_drain_that_is_no_time_is_refused_and_the_server_goes_on()
    {
        await using var run = await ServerRun.StartAsync(HoldAsync);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => run.Server.StopAsync(TimeSpan.FromSeconds(-5)));

        await run.ComeAsync();
        Assert.False(run.Server.Accepting.IsCompleted);
    }

    [Fact]
    public async Task A_stop_during_a_pause_of_accepting_does_not_wait_for_its_end()
    {
        await using var run = await ServerRun.StartAsync(HoldAsync);
        run.Wires.Fail(AcceptFailure.OutOfResources);
        await Waiting.UntilAsync(() => !run.Observer.Paused.IsEmpty);

        Assert.Equal((0, 0), await CountsAsync(run.Server.StopAsync(TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_storm_of_peers_while_it_stops_leaves_nobody_open()
    {
        for (var round = 0; round < 30; round++)
        {
            var network = new MemoryTransport();
            await using var server = await Server.StartAsync("memory:storm", EchoAsync, new ServerOptions
            {
                Listen = new ListenOptions { Transport = network },
            });
            var peers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ConnectUntilRefusedAsync(network))).ToArray();
            await Waiting.UntilAsync(() => server.GetStatistics().Accepted > 10);
            var result = await server.StopAsync(Timeout.InfiniteTimeSpan).Soon();
            await Task.WhenAll(peers).Soon();

            Assert.Equal(0, result.Aborted);
            Assert.Equal((0, 0), (server.GetStatistics().Open, (int)server.GetStatistics().HandlersFailed));
        }
    }

    private static async Task ConnectUntilRefusedAsync(MemoryTransport network)
    {
        try
        {
            while (true)
            {
                var peer = await Connection.ConnectAsync(
                    "memory:storm", new ConnectOptions { Transport = network });
                await using (peer)
                {
                    await peer.SendAsync(new byte[10]);
                    await peer.ReceiveExactlyAsync(new byte[10]);
                }
            }
        }
        catch (Exception error) when (error is ConnectionException or TruncatedReceiveException)
        {
            // Refused, reset before it was accepted, or told to stop.
        }
    }

    private static async Task EchoAsync(Connection connection, CancellationToken stopping)
    {
        var buffer = new byte[100];
        while (await connection.ReceiveAsync(buffer, stopping) is > 0 and var count)
        {
            await connection.SendAsync(buffer.AsMemory(0, count), CancellationToken.None);
        }
    }

    private static async Task<(int Finished, int Aborted)> CountsAsync(Task<DrainResult> stopping)
    {
        var result = await stopping.Soon();
        return (result.Finished, result.Aborted);
    }

    private static Task HoldAsync(Connection connection, CancellationToken stopping) =>
        Task.Delay(Timeout.InfiniteTimeSpan, stopping);
}
