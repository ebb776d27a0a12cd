namespace Switchboard.Tests.Connections;

public class FrameBatchingTests
{
    [Fact]
    public async Task Answers_to_frames_that_arrived_together_go_out_together()
    {
        var (near, wire, far) = TestWire.CreatePair();
        await far.SendAsync("a\nb\nc\nd\n"u8.ToArray());
        await using var frames = near.Frames(Framing.Lines(100));
        wire.SendGate = new TaskCompletionSource();
        var answers = new List<Task>();
        for (var answered = 0; answered < 4; answered++)
        {
            var line = await frames.ReceiveAsync().Soon();
            answers.Add(frames.SendAsync(line!.Value).AsTask());
        }

        wire.SendGate.SetResult();
        await Task.WhenAll(answers).Soon();
        await frames.FlushAsync().Soon();
        Assert.Equal("a\nb\nc\nd\n"u8.ToArray(), wire.Sent.SelectMany(bytes => bytes).ToArray());
        Assert.True(wire.Sent.Count <= 2, $"{wire.Sent.Count} sends for 4 answers to one batch.");
        near.Abort();
    }

    [Fact]
    public async Task A_frame_with_none_behind_it_goes_out_at_once()
    {
        var (near, wire, _) = TestWire.CreatePair();
        await using var frames = near.Frames(Framing.Lines(100));
        await frames.SendAsync("now"u8.ToArray()).Soon();

        Assert.Equal("now\n"u8.ToArray(), Assert.Single(wire.Sent));
        near.Abort();
    }

    [Fact]
    public async Task A_held_answer_does_not_wait_for_a_handler_that_turns_to_something_slow()
    {
        var (near, far) = Connection.CreatePair();
        await far.SendAsync("a\nb\n"u8.ToArray());
        await using var frames = near.Frames(Framing.Lines(100));
        await frames.ReceiveAsync().Soon();
        await frames.SendAsync("answer"u8.ToArray()).Soon();

        // The handler does nothing more: neither receives nor flushes.
        var buffer = new byte[7];
        await far.ReceiveExactlyAsync(buffer).Soon();
        Assert.Equal("answer\n"u8.ToArray(), buffer);
        near.Abort();
    }

    [Fact]
    public async Task What_was_sent_is_out_before_a_receive_waits()
    {
        var (near, wire, far) = TestWire.CreatePair();
        await far.SendAsync("a\nb\n"u8.ToArray());
        await using var frames = near.Frames(Framing.Lines(100));
        await frames.ReceiveAsync().Soon();
        await frames.SendAsync("answer"u8.ToArray()).Soon();
        await frames.ReceiveAsync().Soon();
        var waiting = frames.ReceiveAsync();

        // Whoever sends it may have begun before, and beside the handler.
        await Waiting.UntilAsync(() => wire.IsReceiving && !wire.Sent.IsEmpty);

        Assert.Equal("answer\n"u8.ToArray(), wire.Sent.SelectMany(bytes => bytes).ToArray());
        near.Abort();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.Soon());
    }

    [Fact]
    public async Task Sixty_four_kibibytes_do_not_wait_for_more()
    {
        var (near, wire, far) = TestWire.CreatePair();
        await far.SendAsync("a\nb\n"u8.ToArray());
        await using var frames = near.Frames(Framing.Lines(100_000));
        await frames.ReceiveAsync().Soon();
        var arriving = far.ReceiveExactlyAsync(new byte[(64 * 1024) + 1]);
        await frames.SendAsync(new byte[64 * 1024]).Soon();

        await arriving.Soon();
        Assert.Equal((64 * 1024) + 1, wire.Sent.Sum(bytes => bytes.Length));
        near.Abort();
    }
}
