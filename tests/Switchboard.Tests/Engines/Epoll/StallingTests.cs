using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>No handler stalls another, whatever it does and wherever it does it.</summary>
public class StallingTests
{
    private const byte Block = 1;
    private const byte Compute = 2;

    [Fact]
    public async Task Others_are_answered_while_one_handler_blocks()
    {
        await using var run = await StallRun.StartAsync();
        var peers = await run.ComeAsync(50);
        await StallRun.AskAsync(peers[0], Block);
        await run.BlockedAsync(1);

        await StallRun.AllAnsweredAsync(peers[1..]);

        Assert.Equal(1, run.Blocked);
        run.Tell();
        Assert.Equal(Block, await StallRun.AnswerOfAsync(peers[0]));
    }

    [Fact]
    public async Task Others_are_answered_while_most_handlers_block()
    {
        await using var run = await StallRun.StartAsync();
        var peers = await run.ComeAsync(50);
        foreach (var peer in peers[..45])
        {
            await StallRun.AskAsync(peer, Block);
        }

        await StallRun.AllAnsweredAsync(peers[45..]);
        await run.BlockedAsync(45);
        await StallRun.AllAnsweredAsync(peers[45..]);

        run.Tell();
        foreach (var peer in peers[..45])
        {
            Assert.Equal(Block, await StallRun.AnswerOfAsync(peer));
        }
    }

    [Fact]
    public async Task Others_are_answered_while_handlers_compute()
    {
        await using var run = await StallRun.StartAsync();
        var peers = await run.ComeAsync(10);
        await StallRun.AskAsync(peers[0], Compute);
        await StallRun.AskAsync(peers[1], Compute);
        await run.BlockedAsync(2);

        await StallRun.AllAnsweredAsync(peers[2..]);

        Assert.Equal(2, run.Blocked);
        run.Tell();
        Assert.Equal(Compute, await StallRun.AnswerOfAsync(peers[0]));
        Assert.Equal(Compute, await StallRun.AnswerOfAsync(peers[1]));
    }

    [Fact]
    public async Task Others_are_answered_while_a_handler_blocks_in_its_first_step()
    {
        StallRun run = null!;
        var first = 0;
        run = await StallRun.StartAsync(async (connection, stopping) =>
        {
            if (Interlocked.Exchange(ref first, 1) == 0)
            {
                run.Block();
            }

            await EchoAsync(connection, stopping);
        });
        await using var _ = run;
        var blocked = await run.ComeAsync();
        await run.BlockedAsync(1);

        await StallRun.AllAnsweredAsync(await run.ComeAsync(5));

        run.Tell();
        await StallRun.AllAnsweredAsync([blocked]);
    }

    [Fact]
    public async Task Others_are_answered_while_a_handler_blocks_after_a_send_that_had_to_wait()
    {
        StallRun run = null!;
        run = await StallRun.StartAsync(async (connection, stopping) =>
        {
            var question = new byte[1];
            await connection.ReceiveExactlyAsync(question, stopping);
            if (question[0] == Block)
            {
                // More than the kernel takes before the peer receives.
                await connection.SendAsync(new byte[16 * 1024 * 1024], stopping);
                run.Block();
            }

            await connection.SendAsync(question, stopping);
            await EchoAsync(connection, stopping);
        });
        await using var _ = run;
        var blocked = await run.ComeAsync();
        await StallRun.AskAsync(blocked, Block);
        await blocked.ReceiveExactlyAsync(new byte[16 * 1024 * 1024]).Soon();
        await run.BlockedAsync(1);

        await StallRun.AllAnsweredAsync(await run.ComeAsync(5));

        run.Tell();
        Assert.Equal(Block, await StallRun.AnswerOfAsync(blocked));
    }

    [Fact]
    public async Task A_handler_may_wait_for_its_own_connection_without_await()
    {
        await using var run = await StallRun.StartAsync((connection, stopping) =>
        {
            EchoWithoutAwait(connection, stopping);
            return Task.CompletedTask;
        });

        await StallRun.AllAnsweredAsync(await run.ComeAsync(20));
    }

    [Fact]
    public async Task A_handler_may_read_lines_from_a_stream_without_await()
    {
        await using var run = await StallRun.StartAsync((connection, _) =>
        {
            EchoLinesWithoutAwait(connection);
            return Task.CompletedTask;
        });
        foreach (var peer in await run.ComeAsync(10))
        {
            for (var round = 0; round < 5; round++)
            {
                await peer.SendAsync("line\n"u8.ToArray()).Soon();
                var line = new byte[5];
                await peer.ReceiveExactlyAsync(line).Soon();
                Assert.Equal("line\n"u8.ToArray(), line);
            }
        }
    }

    [Fact]
    public async Task More_blockers_than_spare_threads_delay_each_other_and_nobody_else()
    {
        const int Blockers = 10;
        await using var run = await StallRun.StartAsync(
            options: new EngineOptions { Loops = 1, MaxSpareThreads = 4 });
        var peers = await run.ComeAsync(Blockers + 5);
        for (var i = 0; i < Blockers; i++)
        {
            await StallRun.AskAsync(peers[i], Block);
            await StallRun.AllAnsweredAsync(peers[Blockers..], rounds: 5);
        }

        // Each needs a thread in the end, though there are fewer spare ones than blockers.
        await run.BlockedAsync(Blockers);
        await StallRun.AllAnsweredAsync(peers[Blockers..]);
        Assert.InRange(run.Statistics.Threads, Blockers + 1, Blockers + 3);

        run.Tell();
        foreach (var peer in peers[..Blockers])
        {
            Assert.Equal(Block, await StallRun.AnswerOfAsync(peer));
        }
    }

    private static void EchoWithoutAwait(Connection connection, CancellationToken stopping)
    {
        var bytes = new byte[1];
        while (connection.ReceiveAsync(bytes, stopping).AsTask().GetAwaiter().GetResult() > 0)
        {
            connection.SendAsync(bytes, stopping).AsTask().GetAwaiter().GetResult();
        }
    }

    private static void EchoLinesWithoutAwait(Connection connection)
    {
        using var stream = connection.AsStream();
        using var reader = new StreamReader(stream);
        using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
        while (reader.ReadLine() is { } line)
        {
            writer.WriteLine(line);
        }
    }

    private static async Task EchoAsync(Connection connection, CancellationToken stopping)
    {
        var bytes = new byte[1];
        while (await connection.ReceiveAsync(bytes, stopping) > 0)
        {
            await connection.SendAsync(bytes, stopping);
        }
    }
}
