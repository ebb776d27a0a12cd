using System.Text;

namespace Switchboard.Tests.Connections;

public class FrameSendingTests
{
    private static readonly ConnectionOptions Small = new() { MaxPendingSendBytes = 100 };

    [Fact]
    public async Task Trying_to_send_fails_while_the_peer_is_slow_and_works_again_when_it_has_caught_up()
    {
        var (near, wire, far) = TestWire.CreatePair(Small);
        await using var frames = near.Frames(Framing.Lines(100));
        wire.SendGate = new TaskCompletionSource();
        var taken = 0;
        while (frames.TrySend("0123456789"u8.ToArray()))
        {
            taken++;
            await Waiting.UntilAsync(() => Volatile.Read(ref wire.SendsRunning) > 0);
        }

        Assert.Equal(9, taken);
        var gate = wire.SendGate;
        wire.SendGate = null;
        gate.SetResult();
        await frames.FlushAsync().Soon();
        Assert.True(frames.TrySend("0123456789"u8.ToArray()));
        await far.ReceiveExactlyAsync(new byte[11 * 10]).Soon();
        near.Abort();
    }

    [Fact]
    public async Task Bytes_that_are_being_sent_count_as_waiting()
    {
        var (near, wire, _) = TestWire.CreatePair(Small);
        await using var frames = near.Frames(Framing.Lines(1000));
        wire.SendGate = new TaskCompletionSource();
        Assert.True(frames.TrySend(new byte[90]));
        await Waiting.UntilAsync(() => Volatile.Read(ref wire.SendsRunning) > 0);

        Assert.False(frames.TrySend(new byte[90]));
        near.Abort();
    }

    [Fact]
    public async Task One_frame_may_always_wait_whatever_its_length()
    {
        var (near, wire, _) = TestWire.CreatePair(Small);
        await using var frames = near.Frames(Framing.Lines(1000));

        Assert.True(frames.TrySend(new byte[900]));
        await Waiting.UntilAsync(() => wire.Sent.Sum(bytes => bytes.Length) == 901);
        near.Abort();
    }

    [Fact]
    public async Task A_send_waits_while_too_much_is_pending_and_then_goes_out()
    {
        var (near, wire, far) = TestWire.CreatePair(Small);
        await using var frames = near.Frames(Framing.Lines(1000));
        wire.SendGate = new TaskCompletionSource();
        var first = frames.SendAsync(new byte[90]).AsTask();
        var second = frames.SendAsync(new byte[90]).AsTask();
        Assert.False(second.IsCompleted);

        wire.SendGate.SetResult();
        await Task.WhenAll(first, second).Soon();
        await far.ReceiveExactlyAsync(new byte[182]).Soon();
        near.Abort();
    }

    [Fact]
    public async Task A_cancelled_send_tears_no_frame_and_later_frames_follow()
    {
        var (near, wire, far) = TestWire.CreatePair();
        await using var frames = near.Frames(Framing.Lines(100));
        wire.SendGate = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var first = frames.SendAsync("first"u8.ToArray(), stop.Token);
        var second = frames.SendAsync("second"u8.ToArray(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Soon());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Soon());
        wire.SendGate.SetResult();
        await frames.SendAsync("third"u8.ToArray()).Soon();
        await frames.CompleteSendingAsync().Soon();

        var received = await far.ReceiveToEndAsync(100).AsTask().Soon();
        Assert.Equal("first\nsecond\nthird\n", Encoding.ASCII.GetString(received));
        near.Abort();
    }

    [Fact]
    public async Task Frames_of_many_senders_arrive_whole_and_each_senders_in_order()
    {
        var (near, far) = Connection.CreatePair(Small);
        await using var frames = near.Frames(Framing.Lines(1000));
        var senders = Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (var number = 0; number < 200; number++)
            {
                await frames.SendAsync(Encoding.ASCII.GetBytes($"{sender}:{number}:{new string('x', number)}"));
            }
        })).ToArray();
        var next = new int[8];
        await using var arriving = far.Frames(Framing.Lines(1000));
        for (var received = 0; received < 8 * 200; received++)
        {
            var line = Encoding.ASCII.GetString((await arriving.ReceiveAsync().Soon())!.Value.Span);
            var sender = line[0] - '0';
            Assert.Equal($"{sender}:{next[sender]}:{new string('x', next[sender])}", line);
            next[sender]++;
        }

        await Task.WhenAll(senders).Soon();
        near.Abort();
        far.Abort();
    }

    [Fact]
    public async Task A_frame_that_is_too_large_is_refused_and_nothing_of_it_is_sent()
    {
        var (near, wire, _) = TestWire.CreatePair();
        await using var frames = near.Frames(Framing.Lines(10));
        await Assert.ThrowsAsync<FrameTooLargeException>(() => frames.SendAsync(new byte[11]).AsTask());
        await frames.SendAsync("ok"u8.ToArray()).Soon();

        Assert.Equal("ok\n"u8.ToArray(), Assert.Single(wire.Sent));
        near.Abort();
    }

    [Fact]
    public async Task Half_a_frame_that_an_encoder_wrote_before_it_threw_is_not_sent()
    {
        var (near, wire, _) = TestWire.CreatePair();
        await using var frames = near.Frames(new HalfFraming());
        await Assert.ThrowsAsync<ArgumentException>(() => frames.SendAsync("bad"u8.ToArray()).AsTask());
        await frames.SendAsync("good"u8.ToArray()).Soon();

        Assert.Equal("<good>"u8.ToArray(), Assert.Single(wire.Sent));
        near.Abort();
    }

    [Fact]
    public async Task A_batch_that_was_lost_in_the_background_is_reported_to_the_next_send_and_flush()
    {
        var (near, wire, _) = TestWire.CreatePair();
        await using var frames = near.Frames(Framing.Lines(100));
        wire.SendError = new ConnectionResetException("send", near.Local, near.Remote, "gone");
        Assert.True(frames.TrySend("lost"u8.ToArray()));
        await Waiting.UntilAsync(() => near.EndNoted);

        await Assert.ThrowsAsync<ConnectionResetException>(() => frames.FlushAsync().Soon());
        Assert.False(frames.TrySend("more"u8.ToArray()));
        await Assert.ThrowsAsync<ConnectionResetException>(() => frames.SendAsync("more"u8.ToArray()).Soon());
        near.Abort();
    }

    [Fact]
    public async Task Disposed_frames_take_nothing_more()
    {
        var (near, far) = Connection.CreatePair();
        var frames = near.Frames(Framing.Lines(100));
        await frames.DisposeAsync();

        Assert.False(frames.TrySend("late"u8.ToArray()));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => frames.SendAsync("late"u8.ToArray()).Soon());
        near.Abort();
        far.Abort();
    }

    [Fact]
    public async Task No_frame_is_taken_for_a_peer_whose_reset_a_receive_has_met()
    {
        var (near, far) = Connection.CreatePair();
        var frames = near.Frames(Framing.Lines(100));
        far.Abort();
        await Assert.ThrowsAsync<ConnectionResetException>(() => frames.ReceiveAsync().Soon());

        Assert.False(frames.TrySend("to nobody"u8.ToArray()));
        near.Abort();
    }

    [Fact]
    public async Task Frames_lost_to_a_send_beside_them_make_the_close_a_reset()
    {
        var (near, wire, far) = TestWire.CreatePair();
        var frames = near.Frames(Framing.Lines(100));
        wire.SendGate = new TaskCompletionSource();
        var raw = near.SendAsync("raw"u8.ToArray());
        await Assert.ThrowsAsync<InvalidOperationException>(() => frames.SendAsync("lost"u8.ToArray()).Soon());
        wire.SendGate.SetResult();
        await raw.Soon();

        await near.DisposeAsync().Soon();

        await far.ReceiveExactlyAsync(new byte[3]).Soon();
        await Assert.ThrowsAsync<ConnectionResetException>(() => far.ReceiveAsync(new byte[1]).Soon());
        far.Abort();
    }

    [Fact]
    public async Task Frames_lost_to_a_send_beside_them_leave_no_hole_that_later_frames_go_behind()
    {
        var (near, wire, _) = TestWire.CreatePair();
        await using var frames = near.Frames(Framing.Lines(100));
        wire.SendGate = new TaskCompletionSource();
        var raw = near.SendAsync("raw"u8.ToArray());
        await Assert.ThrowsAsync<InvalidOperationException>(() => frames.SendAsync("lost"u8.ToArray()).Soon());
        wire.SendGate.SetResult();
        await raw.Soon();

        await Assert.ThrowsAsync<InvalidOperationException>(() => frames.SendAsync("behind it"u8.ToArray()).Soon());
        Assert.Equal("raw"u8.ToArray(), Assert.Single(wire.Sent));
        near.Abort();
    }

    [Fact]
    public async Task Trying_to_send_the_only_frame_of_a_connection_finishes_sending_too()
    {
        var (near, far) = Connection.CreatePair();
        await using var frames = near.Frames(Framing.UntilClose(100));
        Assert.True(frames.TrySend("whole"u8.ToArray()));

        Assert.Equal("whole"u8.ToArray(), await far.ReceiveToEndAsync(100).AsTask().Soon());
        Assert.Throws<InvalidOperationException>(() => frames.TrySend("second"u8.ToArray()));
        near.Abort();
    }

    [Fact]
    public async Task No_frame_follows_the_end()
    {
        var (near, _) = Connection.CreatePair();
        await using var frames = near.Frames(Framing.Lines(100));
        await frames.CompleteSendingAsync().Soon();

        await Assert.ThrowsAsync<InvalidOperationException>(() => frames.SendAsync(new byte[1]).AsTask());
        near.Abort();
    }
}
