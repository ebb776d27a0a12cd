namespace Switchboard.Tests.Connections;

public class ConnectionReceivingTests
{
    [Fact]
    public async Task A_receive_that_ends_on_another_thread_before_its_call_returns_is_counted_once()
    {
        await using var connection = new Connection(new QuickWire(bytes: 5));

        Assert.Equal(5, await connection.ReceiveAsync(new byte[10]));

        var statistics = connection.GetStatistics();
        Assert.Equal((5, 1), (statistics.BytesReceived, statistics.Receives));
        connection.Abort();
    }

    [Fact]
    public async Task Receiving_exactly_gives_the_bytes_back_when_it_is_cancelled()
    {
        var (near, far) = Connection.CreatePair();
        using var stop = new CancellationTokenSource();
        await far.SendAsync("abc"u8.ToArray());
        var receiving = near.ReceiveExactlyAsync(new byte[10], stop.Token).AsTask();
        await Waiting.UntilAsync(() => near.GetStatistics().BytesReceived == 3);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());

        var buffer = new byte[10];
        var count = await near.ReceiveAsync(buffer).Soon();

        Assert.Equal("abc"u8.ToArray(), buffer[..count]);
        near.Abort();
    }

    [Fact]
    public async Task Bytes_given_back_come_before_those_that_arrive_later()
    {
        var (near, far) = Connection.CreatePair();
        await far.SendAsync("later"u8.ToArray());
        near.GiveBack("second "u8);
        near.GiveBack("first "u8);
        var buffer = new byte[18];
        await near.ReceiveExactlyAsync(buffer).Soon();

        Assert.Equal("first second later"u8.ToArray(), buffer);
        near.Abort();
    }

    [Fact]
    public async Task A_receive_that_ends_before_its_caller_looks_is_counted_once()
    {
        await using var connection = new Connection(new PromptWire());

        Assert.Equal(3, await connection.ReceiveAsync(new byte[10]).Soon());
        Assert.Equal(3, await connection.ReceiveAsync(new byte[10]).Soon());

        Assert.Equal(6, connection.GetStatistics().BytesReceived);
        connection.Abort();
    }

    [Fact]
    public async Task A_cancelled_receive_names_the_token_that_the_caller_passed()
    {
        await using var listener = await Listener.BindAsync("tcp://127.0.0.1:0");
        var near = await Connection.ConnectAsync(listener.Local);
        using var stop = new CancellationTokenSource();
        var receiving = near.ReceiveAsync(new byte[10], stop.Token);
        await stop.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());
        Assert.Equal(stop.Token, error.CancellationToken);
        near.Abort();
    }

    [Fact]
    public async Task A_receive_under_another_token_works_after_one_was_cancelled()
    {
        await using var listener = await Listener.BindAsync("tcp://127.0.0.1:0");
        var near = await Connection.ConnectAsync(listener.Local);
        var far = await listener.AcceptAsync().Soon();
        for (var round = 0; round < 20; round++)
        {
            using var stop = new CancellationTokenSource();
            var receiving = near.ReceiveAsync(new byte[10], stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());
        }

        using var other = new CancellationTokenSource();
        await far.SendAsync(new byte[1]);
        Assert.Equal(1, await near.ReceiveAsync(new byte[10], other.Token).Soon());
        near.Abort();
        far.Abort();
    }

    [Fact]
    public async Task A_second_receive_is_refused_and_the_first_goes_on()
    {
        var (near, far) = Connection.CreatePair();
        var receiving = near.ReceiveAsync(new byte[10]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => near.ReceiveAsync(new byte[10]).AsTask());

        await far.SendAsync(new byte[3]);
        Assert.Equal(3, await receiving.Soon());
        near.Abort();
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:0")]
    [InlineData("memory:reset-kind")]
    public async Task A_reset_is_remembered_and_met_again_by_every_later_operation(string endpoint)
    {
        await using var listener = await Listener.BindAsync(endpoint);
        var near = await Connection.ConnectAsync(listener.Local);
        var far = await listener.AcceptAsync().Soon();
        far.Abort();

        await Assert.ThrowsAsync<ConnectionResetException>(() => near.ReceiveAsync(new byte[1]).Soon());
        await Assert.ThrowsAsync<ConnectionResetException>(() => near.ReceiveAsync(new byte[1]).Soon());
        await Assert.ThrowsAsync<ConnectionResetException>(() => near.SendAsync(new byte[1]).Soon());
        await Assert.ThrowsAsync<ConnectionResetException>(() => near.CompleteSendingAsync().Soon());
        await near.DisposeAsync().Soon();
        Assert.Equal(EndReason.PeerReset, (await near.Closed).Reason);
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:0")]
    [InlineData("memory:last-words")]
    public async Task What_the_peer_said_before_it_reset_can_be_received_after_a_send_has_failed(string endpoint)
    {
        await using var listener = await Listener.BindAsync(endpoint);
        var near = await Connection.ConnectAsync(listener.Local);
        var far = await listener.AcceptAsync().Soon();
        await far.SendAsync("too large"u8.ToArray());
        await near.ReceiveAsync(Memory<byte>.Empty).Soon();
        far.Abort();
        await Assert.ThrowsAsync<ConnectionResetException>(() => SendUntilItFailsAsync(near).Soon());

        var buffer = new byte[9];
        await near.ReceiveExactlyAsync(buffer).Soon();

        Assert.Equal("too large"u8.ToArray(), buffer);
        await Assert.ThrowsAsync<ConnectionResetException>(() => near.ReceiveAsync(new byte[1]).Soon());
        near.Abort();
    }

    [Fact]
    public async Task A_receive_after_our_own_abort_says_that_this_end_has_closed()
    {
        var (near, _) = Connection.CreatePair();
        var receiving = near.ReceiveAsync(new byte[1]);
        near.Abort();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving.Soon());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => near.ReceiveAsync(new byte[1]).Soon());
    }

    private static async Task SendUntilItFailsAsync(Connection connection)
    {
        while (true)
        {
            await connection.SendAsync(new byte[100]);
            await Task.Yield();
        }
    }
}
