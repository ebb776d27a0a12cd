using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Serving;

public class ServerTimeLimitsTests
{
    private static readonly ServerLimits OnlyIdle = new()
    {
        FrameTimeout = Timeout.InfiniteTimeSpan,
        RateGrace = Timeout.InfiniteTimeSpan,
        SendTimeout = Timeout.InfiniteTimeSpan,
    };

    private readonly TaskCompletionSource<Connection> _served = new();

    [Fact]
    public async Task A_silent_peer_is_ended_after_the_idle_timeout_and_not_before()
    {
        await using var run = await ServerRun.StartAsync(ReceiveAllAsync, OnlyIdle);
        await run.ComeAsync();
        var served = await WaitForReceiverAsync();
        run.Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.False(served.Closed.IsCompleted);

        run.Clock.Advance(TimeSpan.FromSeconds(3));
        await AssertTimedOutAsync(served, TimeoutPhase.Idle);
        await Waiting.UntilAsync(() => run.Observer.Ended.Count == 1);
        Assert.Empty(run.Observer.Failed);
    }

    [Fact]
    public async Task What_is_sent_to_a_silent_peer_does_not_keep_it_alive()
    {
        await using var run = await ServerRun.StartAsync(ReceiveAllAsync, OnlyIdle);
        var peer = await run.ComeAsync();
        var served = await WaitForReceiverAsync();
        for (var seconds = 0; seconds < 130 && !served.Closed.IsCompleted; seconds += 10)
        {
            await served.SendAsync(new byte[1]);
            await peer.ReceiveAsync(new byte[1]).Soon();
            run.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        await AssertTimedOutAsync(served, TimeoutPhase.Idle);
    }

    [Fact]
    public async Task A_peer_that_says_a_little_now_and_then_is_not_idle()
    {
        await using var run = await ServerRun.StartAsync(ReceiveAllAsync, OnlyIdle);
        var peer = await run.ComeAsync();
        var served = await WaitForReceiverAsync();
        for (var said = 1; said <= 5; said++)
        {
            run.Clock.Advance(TimeSpan.FromSeconds(100));
            await peer.SendAsync(new byte[1]);
            await Waiting.UntilAsync(
                () => served.GetProgress() is { AwaitsPeer: true } now && now.BytesReceived == said);
        }

        Assert.False(served.Closed.IsCompleted);
    }

    [Fact]
    public async Task A_handler_that_is_busy_and_does_not_receive_is_not_the_peers_fault()
    {
        var busy = new TaskCompletionSource();
        await using var run = await ServerRun.StartAsync(async (connection, _) =>
        {
            _served.SetResult(connection);
            await busy.Task;
        });
        await run.ComeAsync();
        var served = await _served.Task.Soon();
        run.Clock.Advance(TimeSpan.FromHours(1));

        Assert.False(served.Closed.IsCompleted);
        busy.SetResult();
    }

    [Fact]
    public async Task A_frame_that_is_never_finished_is_ended_after_the_frame_timeout()
    {
        await using var run = await ServerRun.StartAsync(
            ReceiveLinesAsync, new ServerLimits { MinFrameBytesPerSecond = 0 });
        var peer = await run.ComeAsync();
        await peer.SendAsync("unfinished"u8.ToArray());
        var served = await WaitForPartialFrameAsync(10);
        run.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(served.Closed.IsCompleted);

        run.Clock.Advance(TimeSpan.FromSeconds(3));
        await AssertTimedOutAsync(served, TimeoutPhase.Frame);
    }

    [Fact]
    public async Task A_byte_now_and_then_does_not_extend_the_frame_timeout()
    {
        await using var run = await ServerRun.StartAsync(
            ReceiveLinesAsync, new ServerLimits { MinFrameBytesPerSecond = 0 });
        var peer = await run.ComeAsync();
        await peer.SendAsync("x"u8.ToArray());
        var served = await WaitForPartialFrameAsync(1);
        for (var sent = 2; sent < 10 && !served.Closed.IsCompleted; sent++)
        {
            run.Clock.Advance(TimeSpan.FromSeconds(5));
            if (!served.Closed.IsCompleted)
            {
                await peer.SendAsync("x"u8.ToArray());
                await WaitForPartialFrameAsync(sent);
            }
        }

        await AssertTimedOutAsync(served, TimeoutPhase.Frame);
    }

    [Fact]
    public async Task A_frame_that_trickles_in_is_ended_for_its_rate()
    {
        await using var run = await ServerRun.StartAsync(ReceiveLinesAsync);
        var peer = await run.ComeAsync();
        await peer.SendAsync("slow"u8.ToArray());
        var served = await WaitForPartialFrameAsync(4);
        run.Clock.Advance(TimeSpan.FromSeconds(4.5));
        Assert.False(served.Closed.IsCompleted);

        run.Clock.Advance(TimeSpan.FromSeconds(3));
        await AssertTimedOutAsync(served, TimeoutPhase.Rate);
    }

    [Fact]
    public async Task A_long_frame_that_arrives_fast_enough_is_let_through()
    {
        await using var run = await ServerRun.StartAsync(ReceiveLinesAsync);
        var peer = await run.ComeAsync();
        for (var second = 1; second <= 25; second++)
        {
            await peer.SendAsync(new byte[300]);
            await WaitForPartialFrameAsync(second * 300);
            run.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False((await _served.Task).Closed.IsCompleted);
    }

    [Fact]
    public async Task Time_that_the_handler_spends_elsewhere_is_not_charged_to_the_frame_behind()
    {
        var busy = new TaskCompletionSource();
        await using var run = await ServerRun.StartAsync(async (connection, stopping) =>
        {
            await using var lines = connection.Frames(Framing.Lines(100));
            await lines.ReceiveAsync(stopping);
            _served.SetResult(connection);
            await busy.Task;
        });
        var peer = await run.ComeAsync();
        await peer.SendAsync("whole\nbegun"u8.ToArray());
        var served = await _served.Task.Soon();
        run.Clock.Advance(TimeSpan.FromHours(1));

        Assert.False(served.Closed.IsCompleted);
        busy.SetResult();
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_ended_after_the_send_timeout()
    {
        await using var run = await ServerRun.StartAsync(SendMuchAsync);
        await run.ComeAsync();
        var served = await WaitForFullSenderAsync();
        run.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(served.Closed.IsCompleted);

        run.Clock.Advance(TimeSpan.FromSeconds(3));
        await AssertTimedOutAsync(served, TimeoutPhase.Send);
    }

    [Fact]
    public async Task A_slow_reader_that_makes_progress_is_let_alone()
    {
        await using var run = await ServerRun.StartAsync(SendMuchAsync);
        var peer = await run.ComeAsync();
        var served = await WaitForFullSenderAsync();
        for (var taken = 0; taken < 6; taken++)
        {
            run.Clock.Advance(TimeSpan.FromSeconds(25));
            var sent = served.GetProgress().BytesSent;
            while (served.GetProgress().BytesSent == sent)
            {
                await peer.ReceiveAsync(new byte[8 * 1024]).Soon();
            }

            await WaitForFullSenderAsync();
        }

        Assert.False(served.Closed.IsCompleted);
    }

    [Fact]
    public async Task Without_limits_nobody_is_ended()
    {
        await using var run = await ServerRun.StartAsync(
            ReceiveAllAsync, OnlyIdle with { IdleTimeout = Timeout.InfiniteTimeSpan });
        await run.ComeAsync();
        var served = await WaitForReceiverAsync();
        run.Clock.Advance(TimeSpan.FromHours(2));

        Assert.False(served.Closed.IsCompleted);
    }

    [Fact]
    public async Task While_nobody_is_connected_no_timer_runs_and_the_next_peer_is_watched_again()
    {
        await using var run = await ServerRun.StartAsync(ReceiveAllAsync, OnlyIdle);
        Assert.Equal(0, run.Clock.ArmedTimers);
        for (var round = 0; round < 3; round++)
        {
            var peer = await run.ComeAsync();
            await Waiting.UntilAsync(() => run.Clock.ArmedTimers > 0);
            peer.Abort();
            await Waiting.UntilAsync(() => run.Server.GetStatistics().Open == 0);
            run.Clock.Advance(TimeSpan.FromSeconds(3));
            Assert.Equal(0, run.Clock.ArmedTimers);
        }
    }

    private static async Task AssertTimedOutAsync(Connection served, TimeoutPhase phase)
    {
        var end = await served.Closed.Soon();

        Assert.Equal(EndReason.TimedOut, end.Reason);
        Assert.Equal(phase, Assert.IsType<ConnectionTimeoutException>(end.Error).Phase);
    }

    private async Task ReceiveAllAsync(Connection connection, CancellationToken stopping)
    {
        _served.TrySetResult(connection);
        while (await connection.ReceiveAsync(new byte[100], stopping) > 0)
        {
        }
    }

    private async Task ReceiveLinesAsync(Connection connection, CancellationToken stopping)
    {
        _served.TrySetResult(connection);
        await using var lines = connection.Frames(Framing.Lines(100_000));
        while (await lines.ReceiveAsync(stopping) is not null)
        {
        }
    }

    private async Task SendMuchAsync(Connection connection, CancellationToken stopping)
    {
        _served.TrySetResult(connection);
        await connection.SendAsync(new byte[10 * 1024 * 1024], stopping);
    }

    private async Task<Connection> WaitForReceiverAsync()
    {
        var served = await _served.Task.Soon();
        await Waiting.UntilAsync(() => served.GetProgress().AwaitsPeer);
        return served;
    }

    private async Task<Connection> WaitForPartialFrameAsync(int bytes)
    {
        var served = await _served.Task.Soon();
        await Waiting.UntilAsync(
            () => served.GetProgress() is { AwaitsPeer: true } now && now.PartialFrameBytes == bytes);
        return served;
    }

    /// <summary>Waits until the peer's buffer is full: nothing moves any more.</summary>
    private async Task<Connection> WaitForFullSenderAsync()
    {
        var served = await _served.Task.Soon();
        await Waiting.UntilAsync(() => served.GetProgress() is { AwaitsRoom: true, BytesSent: >= 32 * 1024 });
        return served;
    }
}
