using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>What is known of a handler that blocks, and what can be done to its connection.</summary>
public class BlockerTests
{
    private const byte Block = 1;

    // So many in a row make a blocker one of the others again.
    private const int QuickRuns = 32;

    [Fact]
    public async Task Whoever_watches_is_told_once_of_each_connection_whose_handler_blocks()
    {
        await using var run = await StallRun.StartAsync();
        var peers = await run.ComeAsync(5);
        await BlockForAWhileAsync(run, peers[0]);
        await BlockForAWhileAsync(run, peers[0]);
        await BlockForAWhileAsync(run, peers[1]);
        await StallRun.AllAnsweredAsync(peers);

        // On a busy machine others may have been slow as well; of them, too, it is told once.
        await Waiting.UntilAsync(() => peers[..2].TrueForAll(
            peer => run.Observer.Stalled.Any(stalled => stalled.Remote == peer.Local)));
        Assert.Distinct(run.Observer.Stalled);
    }

    [Fact]
    public async Task Stalls_and_hand_offs_and_runs_on_lanes_are_counted()
    {
        await using var run = await StallRun.StartAsync();
        Assert.Equal(1, run.Statistics.Loops);

        // The first time on the loop; unless the machine was so slow that its first step was taken for a blocker's.
        var peer = await run.ComeAsync();
        await StallRun.AskAsync(peer, Block);
        await run.BlockedAsync(1);
        await StallRun.AllAnsweredAsync([await run.ComeAsync()]);
        await Waiting.UntilAsync(() => run.Statistics.Stalls > 0);
        Assert.InRange(run.Statistics.HandOffs + run.Statistics.LaneRuns, 1, long.MaxValue);
        run.TellOne();
        Assert.Equal(Block, await StallRun.AnswerOfAsync(peer));

        // From then on beside it, unless a question was there before the handler waited for it.
        var runs = run.Statistics.LaneRuns;
        await StallRun.RepeatAsync(() => BlockForAWhileAsync(run, peer), until: () => run.Statistics.LaneRuns > runs);
    }

    [Fact]
    public async Task A_blocker_that_is_quick_again_returns_to_its_loop()
    {
        // For the engine no time passes but what it is told: every run is quick that is not meant to be slow.
        var clock = new ManualClock();
        await using var run = await StallRun.StartAsync(
            options: new EngineOptions { Loops = 1, TimeProvider = clock });
        var peer = await run.ComeAsync();
        await StallRun.AskAsync(peer, Block);
        await run.BlockedAsync(1);
        await Waiting.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(2));
            return run.Statistics.Stalls > 0;
        });
        run.TellOne();
        Assert.Equal(Block, await StallRun.AnswerOfAsync(peer));
        await StallRun.RepeatAsync(
            () => StallRun.AllAnsweredAsync([peer], rounds: 1), until: () => run.Statistics.LaneRuns > 0);

        // After 32 quick runs in a row no more. One that is answered may not have been noted as quick yet.
        var before = 0L;
        await StallRun.RepeatAsync(
            async () =>
            {
                before = run.Statistics.LaneRuns;
                await StallRun.AllAnsweredAsync([peer], rounds: 100);
            },
            until: () => run.Statistics.LaneRuns == before);
        Assert.InRange(before, QuickRuns, long.MaxValue);
    }

    [Fact]
    public async Task A_connection_is_aborted_while_its_handler_blocks()
    {
        Connection? accepted = null;
        StallRun run = null!;
        var ended = new TaskCompletionSource<Exception?>();
        run = await StallRun.StartAsync(async (connection, stopping) =>
        {
            accepted = connection;
            await connection.ReceiveExactlyAsync(new byte[1], stopping);
            run.Block();
            ended.SetResult(await Record.ExceptionAsync(
                () => connection.ReceiveAsync(new byte[1], stopping).AsTask()));
        });
        await using var _ = run;
        var peer = await run.ComeAsync();
        await StallRun.AskAsync(peer, Block);
        await run.BlockedAsync(1);

        accepted!.Abort();

        await Assert.ThrowsAsync<ConnectionResetException>(() => peer.ReceiveAsync(new byte[1]).Soon());
        run.Tell();
        Assert.IsType<ObjectDisposedException>(await ended.Task.Soon());
    }

    [Fact]
    public async Task A_receive_that_waits_beside_a_blocked_handler_can_be_cancelled_and_closed()
    {
        StallRun run = null!;
        var receiving = new TaskCompletionSource<(Connection Connection, Task<int> Receive)>();
        using var cancel = new CancellationTokenSource();
        run = await StallRun.StartAsync(async (connection, stopping) =>
        {
            await connection.ReceiveExactlyAsync(new byte[1], stopping);
            receiving.SetResult((connection, connection.ReceiveAsync(new byte[1], cancel.Token).AsTask()));
            run.Block();
        });
        await using var _ = run;
        await StallRun.AskAsync(await run.ComeAsync(), Block);
        var (accepted, first) = await receiving.Task.Soon();
        await run.BlockedAsync(1);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Soon());
        var second = accepted.ReceiveAsync(new byte[1]).AsTask();
        accepted.Abort();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second.Soon());

        Assert.Equal(1, run.Blocked);
    }

    [Fact]
    public async Task A_connection_is_closed_in_order_while_its_handler_blocks_beside_a_receive_that_waits()
    {
        StallRun run = null!;
        var receiving = new TaskCompletionSource<(Connection Connection, Task<int> Receive)>();
        run = await StallRun.StartAsync(async (connection, stopping) =>
        {
            await connection.ReceiveExactlyAsync(new byte[1], stopping);
            receiving.SetResult((connection, connection.ReceiveAsync(new byte[1], stopping).AsTask()));
            run.Block();
        });
        await using var _ = run;
        var peer = await run.ComeAsync();
        await StallRun.AskAsync(peer, Block);
        var (accepted, receive) = await receiving.Task.Soon();
        await run.BlockedAsync(1);

        var closing = accepted.DisposeAsync();
        Assert.Equal(0, await peer.ReceiveAsync(new byte[1]).Soon());
        await peer.DisposeAsync();
        await closing.Soon();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receive.Soon());
        Assert.Equal(EndReason.Finished, (await accepted.Closed.Soon()).Reason);
        Assert.Equal(1, run.Blocked);
    }

    [Fact]
    public async Task A_reset_that_comes_while_the_handler_blocks_meets_its_next_receive()
    {
        StallRun run = null!;
        var ended = new TaskCompletionSource<Exception?>();
        run = await StallRun.StartAsync(async (connection, stopping) =>
        {
            await connection.ReceiveExactlyAsync(new byte[1], stopping);
            run.Block();
            ended.SetResult(await Record.ExceptionAsync(
                () => connection.ReceiveAsync(new byte[1], stopping).AsTask()));
        });
        await using var _ = run;
        var peer = await run.ComeAsync();
        var other = await run.ComeAsync();
        await StallRun.AskAsync(peer, Block);
        await run.BlockedAsync(1);

        peer.Abort();

        await StallRun.AskAsync(other, Block);
        await run.BlockedAsync(2);
        run.Tell();
        Assert.IsType<ConnectionResetException>(await ended.Task.Soon());
    }

    /// <summary>Asks the handler to block, and lets it go when the engine has helped itself.</summary>
    private static async Task BlockForAWhileAsync(StallRun run, Connection peer)
    {
        await StallRun.AskAsync(peer, Block);
        await run.BlockedAsync(1);

        // It need not be handed over now, or run on a lane: code that was new, and slow, may have lost its loop before.
        await Waiting.UntilAsync(() => run.Observer.Stalled.Any(stalled => stalled.Remote == peer.Local));
        run.TellOne();
        Assert.Equal(Block, await StallRun.AnswerOfAsync(peer));
    }
}
