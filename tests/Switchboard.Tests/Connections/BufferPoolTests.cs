using Switchboard.Connections;

namespace Switchboard.Tests.Connections;

[Collection(Alone.Name)]
public class BufferPoolTests
{
#if DEBUG
    [Fact]
    public void It_counts_what_is_out()
    {
        var before = BufferPool.Rented;
        var buffer = BufferPool.Rent(100);
        Assert.Equal(before + 1, BufferPool.Rented);
        Assert.True(buffer.Length >= 100);

        BufferPool.Return(buffer);
        Assert.Equal(before, BufferPool.Rented);
    }
#endif

    [Fact]
    public async Task An_idle_framed_connection_holds_no_buffer()
    {
        var before = BufferPool.Rented;
        var (near, far) = Connection.CreatePair();
        var frames = near.Frames(Framing.Lines(100));
        await far.SendAsync("one\n"u8.ToArray());
        await frames.ReceiveAsync().Soon();
        var waiting = frames.ReceiveAsync();

        await Waiting.UntilAsync(() => BufferPool.Rented <= before);

        await far.SendAsync("two\n"u8.ToArray());
        await waiting.Soon();
        await frames.DisposeAsync();
        await Task.WhenAll(near.DisposeAsync().AsTask(), far.DisposeAsync().AsTask()).Soon();
        Assert.Equal(before, BufferPool.Rented);
    }

    [Fact]
    public async Task A_storm_of_aborts_between_sends_and_receives_leaves_no_buffer_out()
    {
        var before = BufferPool.Rented;
        for (var round = 0; round < 200; round++)
        {
            await AbortAmidTrafficAsync(round);
        }

        await Waiting.UntilAsync(() => BufferPool.Rented <= before);
    }

    private static async Task AbortAmidTrafficAsync(int round)
    {
        var (near, far) = Connection.CreatePair();
        var sending = SendUntilItBreaksAsync(far.Frames(Framing.Lines(100)));
        var frames = near.Frames(Framing.Lines(100));
        var left = round % 20;
        try
        {
            while (left-- > 0)
            {
                await frames.ReceiveAsync().Soon();
            }
        }
        finally
        {
            var disposing = frames.DisposeAsync();
            (round % 2 == 0 ? near : far).Abort();
            await disposing.Soon();
            near.Abort();
            await sending.Soon();
        }
    }

    private static async Task SendUntilItBreaksAsync(FramedConnection frames)
    {
        try
        {
            while (true)
            {
                await frames.SendAsync("a line that is sent over and over"u8.ToArray());
            }
        }
        catch (Exception error) when (error is ConnectionException or ObjectDisposedException)
        {
            await frames.DisposeAsync();
            frames.Connection.Abort();
        }
    }
}
