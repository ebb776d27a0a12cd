using Switchboard.Tests.Engines;
using Switchboard.Tests.Serving;

namespace Switchboard.Tests.Connections;

/// <summary>Whoever observes a connection is told all that it does, and changes nothing.</summary>
public sealed class TrafficObserverTests
{
    public static TheoryData<string> Engines => [.. TestEngines.All];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Everything_is_told_in_order(string engine)
    {
        await using var listener = await Listener.BindAsync(
            "tcp://127.0.0.1:0", new() { Engine = TestEngines.Of(engine) });
        await using var near = await Connection.ConnectAsync(listener.Local, new() { Engine = TestEngines.Of(engine) });
        var far = await listener.AcceptAsync().Soon();
        var traffic = new RecordingTraffic();
        using var observation = far.Observe(traffic);

        await near.SendAsync("hello"u8.ToArray());
        await near.CompleteSendingAsync();
        await far.ReceiveExactlyAsync(new byte[5]).Soon();
        Assert.Equal(0, await far.ReceiveAsync(new byte[8]).Soon());
        await far.SendAsync("world"u8.ToArray()).Soon();
        await far.CompleteSendingAsync().Soon();
        await far.DisposeAsync();

        Assert.Equal("receiving 5", traffic.Told[0]);
        Assert.Equal("hello", string.Concat(traffic.Told
            .Where(told => told.StartsWith("received ", StringComparison.Ordinal))
            .Select(told => told["received ".Length..])));

        // A send may take several calls, and a part is told for each.
        var rest = traffic.Told.SkipWhile(told => told != "receiving 8").ToList();
        Assert.Equal("world", string.Concat(rest
            .Where(told => told.StartsWith("sent ", StringComparison.Ordinal)).Select(told => told["sent ".Length..])));
        Assert.Equal(
            ["receiving 8", "peer finished", "sending 5", "sent", "finished", "ended Finished"],
            rest.Select(told => told.StartsWith("sent ", StringComparison.Ordinal) ? "sent" : told).Distinct());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_receive_that_waits_already_is_told_when_it_ends(string engine)
    {
        await using var listener = await Listener.BindAsync(
            "tcp://127.0.0.1:0", new() { Engine = TestEngines.Of(engine) });
        await using var near = await Connection.ConnectAsync(listener.Local, new() { Engine = TestEngines.Of(engine) });
        await using var far = await listener.AcceptAsync().Soon();
        var waiting = far.ReceiveAsync(new byte[100]);
        Assert.False(waiting.IsCompleted);

        var traffic = new RecordingTraffic();
        using var observation = far.Observe(traffic);
        await near.SendAsync("late"u8.ToArray());
        var count = await waiting.Soon();

        // Where less was sent at once, or received, the rest comes later.
        Assert.Equal([$"received {"late"[..count]}"], traffic.Told);
    }

    [Fact]
    public async Task Of_two_observers_one_may_leave()
    {
        var (near, far) = Connection.CreatePair();
        var (leaver, stayer) = (new RecordingTraffic(), new RecordingTraffic());
        var leaving = near.Observe(leaver);
        using var staying = near.Observe(stayer);
        await near.SendAsync("a"u8.ToArray());
        leaving.Dispose();
        leaving.Dispose();
        await near.SendAsync("b"u8.ToArray());

        Assert.Equal(["sending 1", "sent a"], leaver.Told);
        Assert.Equal(["sending 1", "sent a", "sending 1", "sent b"], stayer.Told);
        near.Abort();
        far.Abort();
    }

    [Fact]
    public async Task An_observer_that_throws_breaks_nothing()
    {
        var (near, far) = Connection.CreatePair();
        using var observation = near.Observe(new ThrowingTraffic());
        await near.SendAsync("a"u8.ToArray());
        Assert.Equal(1, await far.ReceiveAsync(new byte[10]).Soon());
        near.Abort();
        far.Abort();
    }

    [Fact]
    public async Task What_a_relay_passes_on_within_the_kernel_is_told_too()
    {
        await using var path = await RelayPath.OpenAsync(TestEngines.All[^1]);
        var random = new byte[3_000_000];
        new Random(7).NextBytes(random);
        var traffic = new CountingTraffic();
        using var observation = path.Front.Observe(traffic);

        var hearing = path.Target.ReceiveToEndAsync(random.Length).AsTask();
        await path.Client.SendAsync(random);
        await path.Client.CompleteSendingAsync();

        Assert.Equal(random, await hearing.Soon());
        Assert.Equal(random.Length, traffic.Bytes);
    }

    private sealed class ThrowingTraffic : TrafficObserver
    {
        public override void Sent(Connection connection, ReadOnlySpan<byte> bytes) =>
            throw new InvalidOperationException("An observer's own mistake.");
    }

    private sealed class CountingTraffic : TrafficObserver
    {
        private long _bytes;

        public long Bytes => Volatile.Read(ref _bytes);

        public override void Received(Connection connection, ReadOnlySpan<byte> bytes) => _bytes += bytes.Length;
    }
}
