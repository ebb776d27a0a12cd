namespace Switchboard.Tests.Connections;

public class FrameReceivingTests
{
    [Fact]
    public async Task A_handshake_in_lines_leaves_the_bytes_behind_it_to_the_connection()
    {
        var (near, far) = Connection.CreatePair();
        await far.SendAsync("hello\nraw bytes"u8.ToArray());
        await using (var lines = near.Frames(Framing.Lines(100)))
        {
            Assert.Equal("hello"u8.ToArray(), (await lines.ReceiveAsync().Soon())!.Value.ToArray());
        }

        var buffer = new byte[9];
        await near.ReceiveExactlyAsync(buffer).Soon();
        Assert.Equal("raw bytes"u8.ToArray(), buffer);
        near.Abort();
    }

    [Fact]
    public async Task Bytes_that_break_the_framing_are_the_reason_of_the_end()
    {
        var (near, far) = Connection.CreatePair();
        await far.SendAsync(new byte[100]);
        await using (var lines = near.Frames(Framing.Lines(10)))
        {
            await Assert.ThrowsAsync<FrameTooLargeException>(() => lines.ReceiveAsync().Soon());
            await Assert.ThrowsAsync<FrameTooLargeException>(() => lines.ReceiveAsync().Soon());
        }

        await far.DisposeAsync().Soon();
        await near.DisposeAsync().Soon();
        var end = await near.Closed;
        Assert.Equal(EndReason.ProtocolError, end.Reason);
        Assert.IsType<FrameTooLargeException>(end.Error);
    }

    [Fact]
    public async Task An_end_between_frames_is_an_end_and_inside_one_is_an_error_that_carries_it()
    {
        for (var sent = 0; sent <= 4; sent++)
        {
            var (near, far) = Connection.CreatePair();
            await far.SendAsync("one\n"u8.ToArray().AsMemory(0, sent));
            await far.CompleteSendingAsync();
            await using var lines = near.Frames(Framing.Lines(10));
            if (sent is 0 or 4)
            {
                Assert.Equal(sent == 4, (await lines.ReceiveAsync().Soon()).HasValue);
                Assert.Null(await lines.ReceiveAsync().Soon());
            }
            else
            {
                var error = await Assert.ThrowsAsync<TruncatedFrameException>(() => lines.ReceiveAsync().Soon());
                Assert.Equal(sent, error.PartialFrame.Length);
            }

            near.Abort();
        }
    }

    [Fact]
    public async Task A_cancelled_receive_loses_nothing()
    {
        var (near, far) = Connection.CreatePair();
        await using var lines = near.Frames(Framing.Lines(100));
        await far.SendAsync("first ha"u8.ToArray());
        using var stop = new CancellationTokenSource();
        var receiving = lines.ReceiveAsync(stop.Token);
        await Waiting.UntilAsync(() => near.GetStatistics().BytesReceived == 8);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());

        await far.SendAsync("lf\n"u8.ToArray());
        Assert.Equal("first half"u8.ToArray(), (await lines.ReceiveAsync().Soon())!.Value.ToArray());
        near.Abort();
    }

    [Fact]
    public async Task A_second_receive_is_refused_and_the_first_goes_on()
    {
        var (near, far) = Connection.CreatePair();
        await using var lines = near.Frames(Framing.Lines(100));
        var receiving = lines.ReceiveAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => lines.ReceiveAsync().AsTask());

        await far.SendAsync("one\n"u8.ToArray());
        Assert.Equal("one"u8.ToArray(), (await receiving.Soon())!.Value.ToArray());
        near.Abort();
    }

    [Fact]
    public async Task Frames_that_arrived_before_a_reset_are_handed_out_though_a_flush_has_met_it()
    {
        var (near, far) = Connection.CreatePair();
        await using var lines = near.Frames(Framing.Lines(100));
        await far.SendAsync("first\nsec"u8.ToArray());
        await lines.ReceiveAsync().Soon();
        await far.SendAsync("ond\n"u8.ToArray());
        far.Abort();
        Assert.True(lines.TrySend("to nobody"u8.ToArray()));

        Assert.Equal("second"u8.ToArray(), (await lines.ReceiveAsync().Soon())!.Value.ToArray());
        await Assert.ThrowsAsync<ConnectionResetException>(() => lines.ReceiveAsync().Soon());
        near.Abort();
    }

    [Fact]
    public async Task After_the_disposal_no_frame_is_received_and_the_connection_goes_on()
    {
        var (near, far) = Connection.CreatePair();
        var lines = near.Frames(Framing.Lines(100));
        await lines.DisposeAsync();
        await lines.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => lines.ReceiveAsync().AsTask());
        await far.SendAsync(new byte[2]);
        Assert.Equal(2, await near.ReceiveAsync(new byte[10]).Soon());
        near.Abort();
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 5, 5)]
    [InlineData(-1, 1, 1)]
    [InlineData(0, 2, 1)]
    public async Task A_decoder_that_finds_frames_where_no_bytes_are_is_told_so(int start, int length, int consumed)
    {
        var (near, far) = Connection.CreatePair();
        await far.SendAsync("abc"u8.ToArray());
        await using var frames = near.Frames(new WrongFraming(new FrameBounds(start, length, consumed)));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => frames.ReceiveAsync().Soon());

        Assert.Contains("was shown 3 bytes", error.Message, StringComparison.Ordinal);
        near.Abort();
        far.Abort();
    }
}
