using Switchboard.Testing;

namespace Switchboard.Tests.Connections;

/// <summary>What becomes of frames that still wait to be sent when their connection closes.</summary>
public class FrameClosingTests
{
    [Fact]
    public async Task Frames_that_wait_go_out_before_the_connection_closes()
    {
        var (near, wire, far) = TestWire.CreatePair(Untimed.Connection);
        var lines = near.Frames(Framing.Lines(100));
        await StallAsync(lines, wire);
        Assert.True(lines.TrySend("second"u8.ToArray()));
        var closing = near.DisposeAsync().AsTask();
        wire.SendGate!.SetResult();

        Assert.Equal("first\nsecond\n"u8.ToArray(), await far.ReceiveToEndAsync(100).Soon());
        await far.DisposeAsync().Soon();
        await closing.Soon();
        Assert.Equal(EndReason.Finished, (await near.Closed).Reason);
    }

    [Fact]
    public async Task Frames_that_the_disposal_gave_up_on_do_not_end_in_what_looks_like_a_whole()
    {
        var clock = new ManualClock();
        var (near, wire, far) = TestWire.CreatePair(new ConnectionOptions { TimeProvider = clock });
        var lines = near.Frames(Framing.Lines(100));
        await StallAsync(lines, wire);
        Assert.True(lines.TrySend("second"u8.ToArray()));
        var disposing = lines.DisposeAsync().AsTask();
        await clock.WaitForTimersAsync(1).Soon();
        clock.Advance(TimeSpan.FromSeconds(2));
        await disposing.Soon();
        var closing = near.DisposeAsync().AsTask();
        wire.SendGate!.SetResult();

        Assert.Equal("first\nsecond\n"u8.ToArray(), await far.ReceiveToEndAsync(100).Soon());
        await far.DisposeAsync().Soon();
        await closing.Soon();
    }

    [Fact]
    public async Task Frames_that_the_close_gave_up_on_make_it_a_reset()
    {
        var clock = new ManualClock();
        var (near, wire, far) = TestWire.CreatePair(new ConnectionOptions { TimeProvider = clock });
        var lines = near.Frames(Framing.Lines(100));
        await StallAsync(lines, wire);
        Assert.True(lines.TrySend("second"u8.ToArray()));
        var closing = near.DisposeAsync().AsTask();
        await clock.WaitForTimersAsync(1).Soon();
        clock.Advance(TimeSpan.FromSeconds(2));
        await closing.Soon();

        await Assert.ThrowsAsync<ConnectionResetException>(() => far.ReceiveToEndAsync(100).Soon());
        Assert.Equal(EndReason.Aborted, (await near.Closed).Reason);
    }

    [Fact]
    public async Task No_frame_is_taken_once_the_connection_closes()
    {
        var (near, wire, far) = TestWire.CreatePair();
        var lines = near.Frames(Framing.Lines(100));
        await StallAsync(lines, wire);
        var closing = near.DisposeAsync().AsTask();

        Assert.False(lines.TrySend("second"u8.ToArray()));
        wire.SendGate!.SetResult();
        far.Abort();
        await closing.Soon();
    }

    private static async Task StallAsync(FramedConnection lines, TestWire wire)
    {
        wire.SendGate = new TaskCompletionSource();
        Assert.True(lines.TrySend("first"u8.ToArray()));
        await Waiting.UntilAsync(() => Volatile.Read(ref wire.SendsRunning) > 0);
    }
}
