using Switchboard.Testing;

namespace Switchboard.Tests.Connections;

public class ConnectionClosingTests
{
    [Fact]
    public async Task Closing_waits_for_a_send_that_runs()
    {
        var (near, wire, far) = TestWire.CreatePair(Untimed.Connection);
        wire.SendGate = new TaskCompletionSource();
        var sending = near.SendAsync("all of it"u8.ToArray());
        var closing = near.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);

        wire.SendGate.SetResult();
        await sending.Soon();
        Assert.Equal("all of it"u8.ToArray(), await far.ReceiveToEndAsync(100).AsTask().Soon());
        await far.DisposeAsync().Soon();
        await closing.Soon();
        Assert.Equal(EndReason.Finished, (await near.Closed).Reason);
    }

    [Fact]
    public async Task Closing_waits_no_longer_than_allowed_for_a_peer_that_never_finishes()
    {
        var clock = new ManualClock();
        var (near, wire, _) = TestWire.CreatePair(
            new ConnectionOptions { TimeProvider = clock, CloseTimeout = TimeSpan.FromSeconds(2) });
        var closing = near.DisposeAsync().AsTask();
        await clock.WaitForTimersAsync(1).Soon();
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(closing.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(0.1));
        await closing.Soon();
        Assert.Equal(EndReason.Closed, (await near.Closed).Reason);
        Assert.True(wire.IsClosed);
    }

    [Fact]
    public async Task A_send_that_the_close_gave_up_on_is_an_abort_for_both_ends()
    {
        var clock = new ManualClock();
        var (near, wire, far) = TestWire.CreatePair(new ConnectionOptions { TimeProvider = clock });
        wire.SendGate = new TaskCompletionSource();
        var sending = near.SendAsync(new byte[10]);
        var closing = near.DisposeAsync().AsTask();
        clock.Advance(TimeSpan.FromSeconds(2));
        await closing.Soon();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending.Soon());
        Assert.Equal(EndReason.Aborted, (await near.Closed).Reason);
        await Assert.ThrowsAsync<ConnectionResetException>(() => far.ReceiveAsync(new byte[1]).Soon());
    }

    [Fact]
    public async Task Closing_drops_what_still_arrives_so_that_the_peer_can_send_to_its_end()
    {
        await using var listener = await Listener.BindAsync("tcp://127.0.0.1:0", Untimed.Listen);
        var near = await Connection.ConnectAsync(listener.Local, Untimed.Connect);
        var far = await listener.AcceptAsync().Soon();
        await near.SendAsync("reply"u8.ToArray());
        var closing = near.DisposeAsync().AsTask();
        await far.SendAsync(new byte[4 * 1024 * 1024]).Soon();

        Assert.Equal("reply"u8.ToArray(), await far.ReceiveToEndAsync(100).AsTask().Soon());
        await far.DisposeAsync().Soon();
        await closing.Soon();
    }

    [Fact]
    public async Task A_receive_that_runs_ends_when_this_end_closes()
    {
        var (near, far) = Connection.CreatePair();
        var receiving = near.ReceiveAsync(new byte[1]);
        var closing = near.DisposeAsync().AsTask();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving.Soon());
        await far.DisposeAsync().Soon();
        await closing.Soon();
    }

    [Fact]
    public async Task Many_closes_and_aborts_at_once_end_the_connection_once()
    {
        for (var round = 0; round < 100; round++)
        {
            var (near, wire, far) = TestWire.CreatePair();
            using var start = new Barrier(4);
            var closers = Enumerable.Range(0, 4).Select(index => Task.Factory.StartNew(
                () => Close(near, start, index % 2 == 0),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            far.Abort();
            await Task.WhenAll(closers).Soon();

            Assert.True(wire.IsAborted || wire.IsClosed);
            Assert.True(near.Closed.IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task A_wire_that_throws_what_no_wire_should_does_not_keep_a_connection_from_closing()
    {
        var (near, wire, _) = TestWire.CreatePair();
        wire.CompleteError = new NotSupportedException();
        await near.DisposeAsync().Soon();

        Assert.True(wire.IsAborted);
        Assert.True(near.Closed.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_cancelled_send_makes_the_close_a_reset()
    {
        var (near, wire, far) = TestWire.CreatePair();
        wire.SendGate = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var sending = near.SendAsync(new byte[10], stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Soon());

        await Assert.ThrowsAsync<InvalidOperationException>(() => near.SendAsync(new byte[10]).Soon());
        await near.DisposeAsync().Soon();
        Assert.Equal(EndReason.Aborted, (await near.Closed).Reason);
        await Assert.ThrowsAsync<ConnectionResetException>(() => far.ReceiveAsync(new byte[1]).Soon());
    }

    [Fact]
    public void A_close_timeout_that_is_no_time_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ConnectionOptions { CloseTimeout = TimeSpan.FromSeconds(-5) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionOptions { MaxPendingSendBytes = 0 });
    }

    private static void Close(Connection connection, Barrier start, bool abort)
    {
        start.SignalAndWait();
        if (abort)
        {
            connection.Abort();
        }
        else
        {
            connection.DisposeAsync().AsTask().Wait();
        }
    }
}
