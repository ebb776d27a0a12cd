namespace Switchboard.Tests.Connections;

public class StubbornWireTests
{
    [Fact]
    public async Task A_wire_that_throws_when_it_closes_does_not_keep_its_connection_open()
    {
        var (near, far) = CreatePair(inner => new StubbornWire(inner) { EndError = new NotSupportedException() });
        await far.CompleteSendingAsync();
        await near.DisposeAsync().Soon();

        Assert.Equal(EndReason.Finished, (await near.Closed.Soon()).Reason);
        await far.DisposeAsync().Soon();
    }

    [Fact]
    public async Task A_wire_that_throws_when_it_aborts_does_not_keep_its_connection_open()
    {
        var (near, far) = CreatePair(inner => new StubbornWire(inner) { EndError = new NotSupportedException() });
        near.Abort();

        Assert.Equal(EndReason.Aborted, (await near.Closed.Soon()).Reason);
        far.Abort();
    }

    [Fact]
    public async Task Disposing_frames_does_not_throw_what_a_wire_throws()
    {
        var (near, far) = CreatePair(inner => new StubbornWire(inner) { SendError = new NotSupportedException() });
        var lines = near.Frames(Framing.Lines(100));
        Assert.True(lines.TrySend("lost"u8.ToArray()));

        await lines.DisposeAsync().Soon();
        near.Abort();
        far.Abort();
    }

    [Fact]
    public void A_close_timeout_longer_than_any_timer_is_refused_where_it_is_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionOptions { CloseTimeout = TimeSpan.MaxValue });
    }

    private static (Connection Near, Connection Far) CreatePair(Func<Wire, StubbornWire> around)
    {
        var (client, server) = Switchboard.Transports.MemoryWire.CreatePair("near", "far");
        return (new Connection(around(client)), new Connection(server));
    }
}
