namespace Switchboard.Tests.Connections;

public class BrokenConnectionTests
{
    private static readonly InvalidDataException HandlersOwn = new("the handler's own");

    [Fact]
    public async Task After_an_abort_for_a_handlers_exception_others_learn_that_this_end_has_closed()
    {
        var (near, far) = Connection.CreatePair();
        await using var lines = near.Frames(Framing.Lines(100));
        near.Abort(EndReason.HandlerFailed, HandlersOwn);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => near.SendAsync(new byte[1]).Soon());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => near.ReceiveAsync(new byte[1]).Soon());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lines.SendAsync(new byte[1]).Soon());
        Assert.Same(HandlersOwn, (await near.Closed).Error);
        far.Abort();
    }

    [Fact]
    public async Task A_send_that_such_an_abort_ends_does_not_throw_the_handlers_exception()
    {
        var (near, wire, far) = TestWire.CreatePair();
        wire.SendGate = new TaskCompletionSource();
        var sending = near.SendAsync(new byte[1]);
        near.Abort(EndReason.HandlerFailed, HandlersOwn);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending.Soon());
        far.Abort();
    }

    [Fact]
    public async Task Sending_after_a_reset_throws_the_reset_and_not_an_earlier_mistake_in_the_framing()
    {
        var (near, far) = Connection.CreatePair();
        await far.SendAsync("too long\n"u8.ToArray());
        await Assert.ThrowsAsync<FrameTooLargeException>(() => near.ReceiveUntilAsync("\n"u8.ToArray(), 3).Soon());
        await near.ReceiveExactlyAsync(new byte["too long\n".Length]).Soon();
        far.Abort();
        await Assert.ThrowsAsync<ConnectionResetException>(() => near.ReceiveAsync(new byte[1]).Soon());

        await Assert.ThrowsAsync<ConnectionResetException>(() => near.SendAsync(new byte[1]).Soon());
        await near.DisposeAsync().Soon();
        Assert.Equal(EndReason.ProtocolError, (await near.Closed).Reason);
    }
}
