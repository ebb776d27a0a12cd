using Switchboard.Connections;

namespace Switchboard.Tests.Connections;

[Collection(Alone.Name)]
public class FrameDisposalTests
{
    [Fact]
    public async Task The_buffer_of_a_receive_that_runs_is_not_lent_to_anybody_else()
    {
        var (near, far) = Connection.CreatePair();
        var lines = near.Frames(Framing.Lines(100));
        await far.SendAsync("half"u8.ToArray());
        var receiving = lines.ReceiveAsync();
        await Waiting.UntilAsync(() => near.GetStatistics().BytesReceived == 4);
        var rented = BufferPool.Rented;
        await lines.DisposeAsync().Soon();
        Assert.Equal(rented, BufferPool.Rented);

        await far.SendAsync(" and half\n"u8.ToArray());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving.Soon());
        Assert.Equal(rented - 1, BufferPool.Rented);
        near.Abort();
    }

    [Fact]
    public async Task What_a_receive_still_got_after_the_disposal_goes_back_to_the_connection()
    {
        var (near, far) = Connection.CreatePair();
        var lines = near.Frames(Framing.Lines(100));
        await far.SendAsync("half"u8.ToArray());
        var receiving = lines.ReceiveAsync();
        await Waiting.UntilAsync(() => near.GetStatistics().BytesReceived == 4);
        await lines.DisposeAsync().Soon();
        await far.SendAsync(" and half\n"u8.ToArray());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving.Soon());

        var buffer = new byte[14];
        await near.ReceiveExactlyAsync(buffer).Soon();
        Assert.Equal("half and half\n"u8.ToArray(), buffer);
        near.Abort();
    }
}
