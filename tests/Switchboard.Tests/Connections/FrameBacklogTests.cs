namespace Switchboard.Tests.Connections;

/// <summary>What a peer costs that sends, and takes nothing of what is sent to it.</summary>
[Collection(Alone.Name)]
public class FrameBacklogTests
{
    private const int Frames = 20_000;
    private const long MostBytes = 2 * 1024 * 1024;

    [Fact]
    public async Task Receiving_from_a_peer_that_takes_nothing_gathers_no_memory()
    {
        var (near, wire, far) = TestWire.CreatePair();
        await using var lines = near.Frames(Framing.Lines(100));
        await StallAsync(lines, wire);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var received = 0; received < Frames; received++)
        {
            await far.SendAsync("x\n"u8.ToArray());
            Assert.NotNull(await lines.ReceiveAsync());
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostBytes);
        near.Abort();
    }

    [Fact]
    public async Task Frames_that_wait_for_a_slow_peer_take_little_more_memory_than_their_bytes()
    {
        var (near, wire, _) = TestWire.CreatePair();
        await using var lines = near.Frames(Framing.Lines(100));
        await StallAsync(lines, wire);
        var frame = "x"u8.ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var taken = 0; taken < Frames; taken++)
        {
            Assert.True(lines.TrySend(frame));
            await Task.Yield();
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostBytes);
        near.Abort();
    }

    [Fact]
    public async Task A_frame_goes_out_although_its_sender_has_stopped_waiting_and_nobody_sends_again()
    {
        var (near, wire, far) = TestWire.CreatePair();
        await using var lines = near.Frames(Framing.Lines(100));
        await StallAsync(lines, wire);
        using var stop = new CancellationTokenSource();
        var sending = lines.SendAsync("patient"u8.ToArray(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Soon());
        wire.SendGate!.SetResult();

        var arrived = new byte["stalled\npatient\n".Length];
        await far.ReceiveExactlyAsync(arrived).Soon();
        Assert.Equal("stalled\npatient\n"u8.ToArray(), arrived);
        near.Abort();
    }

    private static async Task StallAsync(FramedConnection lines, TestWire wire)
    {
        wire.SendGate = new TaskCompletionSource();
        Assert.True(lines.TrySend("stalled"u8.ToArray()));
        await Waiting.UntilAsync(() => Volatile.Read(ref wire.SendsRunning) > 0);
    }
}
