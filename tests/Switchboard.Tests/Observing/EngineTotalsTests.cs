using Switchboard.Observing;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines.Epoll;

namespace Switchboard.Tests.Observing;

[Collection(Alone.Name)]
public class EngineTotalsTests
{
    [Fact]
    public async Task A_handler_that_blocks_is_counted_and_its_engines_threads_are_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no engine with loops here.");
        var (stalls, handOffs) = (EngineTotals.Stalls, EngineTotals.HandOffs);
        using var released = new ManualResetEventSlim();
        var engine = Engine.CreateEpoll(new EngineOptions { Loops = 1 });
        var options = new ServerOptions { Listen = new ListenOptions { Engine = engine } };
        await using (var server = await Server.StartAsync("tcp://127.0.0.1:0", Block, options))
        {
            await using var client = await Connection.ConnectAsync(
                server.Local, new ConnectOptions { Engine = Engine.Sockets });
            await Waiting.UntilAsync(() => engine.GetStatistics() is { HandOffs: > 0, Stalls: > 0, Threads: > 1 });

            Assert.True(EngineTotals.Stalls > stalls);
            Assert.True(EngineTotals.HandOffs > handOffs);

            // Threads of other tests' engines may still be leaving.
            Assert.InRange(EngineTotals.Threads, 2, long.MaxValue);
            Assert.InRange(engine.GetStatistics().Threads, 2, EngineTotals.Threads);
            released.Set();
        }

        engine.Stop();

        Task Block(Connection connection, CancellationToken stopping)
        {
            released.Wait(TestContext.Current.CancellationToken);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_handler_known_to_block_is_counted_each_time_it_runs_on_a_lane()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no engine with loops here.");
        var (stalls, runs) = (EngineTotals.Stalls, EngineTotals.LaneRuns);
        using var released = new ManualResetEventSlim();
        var engine = Engine.CreateEpoll(new EngineOptions { Loops = 1 });
        var options = new ServerOptions { Listen = new ListenOptions { Engine = engine } };
        await using (var server = await Server.StartAsync("tcp://127.0.0.1:0", BlockOnceAndEcho, options))
        {
            await using var client = await Connection.ConnectAsync(
                server.Local, new ConnectOptions { Engine = Engine.Sockets });
            await client.SendAsync(new byte[1]).Soon();
            await Waiting.UntilAsync(() => engine.GetStatistics().Stalls > 0);
            released.Set();
            await client.ReceiveExactlyAsync(new byte[1]).Soon();

            // What arrives before the handler waits again needs no lane.
            await StallRun.RepeatAsync(
                async () =>
                {
                    await client.SendAsync(new byte[1]).Soon();
                    await client.ReceiveExactlyAsync(new byte[1]).Soon();
                },
                until: () => engine.GetStatistics().LaneRuns > 0);

            Assert.True(EngineTotals.Stalls > stalls);
            Assert.True(EngineTotals.LaneRuns > runs);
        }

        engine.Stop();

        async Task BlockOnceAndEcho(Connection connection, CancellationToken stopping)
        {
            var buffer = new byte[1];
            while (await connection.ReceiveAsync(buffer, stopping) > 0)
            {
                released.Wait(TestContext.Current.CancellationToken);
                await connection.SendAsync(buffer, stopping);
            }
        }
    }
}
