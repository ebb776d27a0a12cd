namespace Switchboard.Tests.Connections;

[Collection(Alone.Name)]
public class SlowPeerTests
{
    [Fact]
    public async Task Frames_tried_while_the_peer_takes_nothing_cost_no_more_than_their_bytes()
    {
        var (near, wire, _) = TestWire.CreatePair();
        await using var frames = near.Frames(Framing.Lines(100));
        wire.SendGate = new TaskCompletionSource();
        Assert.True(frames.TrySend("x"u8.ToArray()));
        await Waiting.UntilAsync(() => Volatile.Read(ref wire.SendsRunning) > 0);
        var frame = "x"u8.ToArray();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var sent = 0; sent < 100_000; sent++)
        {
            Assert.True(frames.TrySend(frame));
        }

        // 200 KB of lines in a buffer that doubles; a flush that waited for each would cost a hundred times that.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4_000_000);
        near.Abort();
    }

    [Fact]
    public async Task What_was_tried_while_a_flush_waited_goes_out_when_the_peer_takes_again()
    {
        var (near, wire, far) = TestWire.CreatePair();
        await using var frames = near.Frames(Framing.Lines(100));
        wire.SendGate = new TaskCompletionSource();
        frames.TrySend("first"u8.ToArray());
        await Waiting.UntilAsync(() => Volatile.Read(ref wire.SendsRunning) > 0);
        frames.TrySend("second"u8.ToArray());
        frames.TrySend("third"u8.ToArray());
        wire.SendGate.SetResult();

        var received = new byte[19];
        await far.ReceiveExactlyAsync(received).Soon();
        Assert.Equal("first\nsecond\nthird\n"u8.ToArray(), received);
        near.Abort();
    }
}
