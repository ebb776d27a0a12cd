using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

public class MemoryTransportTests
{
    private readonly MemoryTransport _network = new();

    [Fact]
    public async Task Each_network_has_names_of_its_own()
    {
        await using var here = await BindAsync(_network);
        var elsewhere = new MemoryTransport();
        await using var there = await BindAsync(elsewhere);

        await Assert.ThrowsAsync<ConnectionRefusedException>(() => ConnectAsync(new MemoryTransport()));
        var near = await ConnectAsync(_network);
        (await here.AcceptAsync().Soon()).Abort();
        near.Abort();
    }

    [Fact]
    public async Task A_name_is_taken_until_its_listener_is_disposed()
    {
        var first = await BindAsync(_network);
        var error = await Assert.ThrowsAsync<BindException>(() => BindAsync(_network));
        Assert.Equal(BindFailure.InUse, error.Failure);

        await first.DisposeAsync().Soon();
        await using var second = await BindAsync(_network);
    }

    [Fact]
    public async Task Both_ends_are_named_and_each_client_has_a_name_of_its_own()
    {
        await using var listener = await BindAsync(_network);
        var one = await ConnectAsync(_network);
        var two = await ConnectAsync(_network);
        var accepted = await listener.AcceptAsync().Soon();

        Assert.Equal("memory:place", $"{one.Remote}");
        Assert.NotEqual(one.Local, two.Local);
        Assert.Equal((one.Remote, one.Local), (accepted.Local, accepted.Remote));
        one.Abort();
        two.Abort();
    }

    [Fact]
    public async Task A_full_backlog_makes_peers_wait_and_then_give_up()
    {
        var clock = new ManualClock();
        await using var listener = await BindAsync(_network, backlog: 1);
        var first = await ConnectAsync(_network);
        var second = ConnectAsync(_network, clock);
        await clock.WaitForTimersAsync(1).Soon();
        clock.Advance(TimeSpan.FromSeconds(5));

        var error = await Assert.ThrowsAsync<ConnectionTimeoutException>(() => second.Soon());
        Assert.Equal(TimeoutPhase.Connect, error.Phase);
        var third = ConnectAsync(_network);
        (await listener.AcceptAsync().Soon()).Abort();
        (await third.Soon()).Abort();
        first.Abort();
    }

    [Fact]
    public async Task Whoever_waits_when_the_listener_closes_is_reset_or_refused()
    {
        var listener = await BindAsync(_network, backlog: 1);
        var queued = await ConnectAsync(_network);
        var waiting = ConnectAsync(_network);
        await listener.DisposeAsync().Soon();

        await Assert.ThrowsAsync<ConnectionResetException>(() => queued.ReceiveAsync(new byte[1]).Soon());
        await Assert.ThrowsAsync<ConnectionRefusedException>(() => waiting.Soon());
        queued.Abort();
    }

    [Fact]
    public async Task A_send_that_waits_for_room_ends_when_its_own_end_aborts()
    {
        var (near, _) = Connection.CreatePair();
        var sending = near.SendAsync(new byte[1024 * 1024]);
        await Waiting.UntilAsync(() => near.GetStatistics().BytesSent > 0);
        near.Abort();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending.Soon());
    }

    private static Task<Listener> BindAsync(MemoryTransport network, int backlog = 10) =>
        Listener.BindAsync("memory:place", new ListenOptions { Transport = network, Backlog = backlog });

    private static Task<Connection> ConnectAsync(MemoryTransport network, TimeProvider? time = null) =>
        Connection.ConnectAsync("memory:place", new ConnectOptions
        {
            Transport = network,
            Connection = new ConnectionOptions { TimeProvider = time ?? TimeProvider.System },
        });
}
