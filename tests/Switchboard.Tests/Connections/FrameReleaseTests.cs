using Switchboard.Connections;

namespace Switchboard.Tests.Connections;

[Collection(Alone.Name)]
public class FrameReleaseTests
{
    private const int Rounds = 2000;

    [Fact]
    public async Task Frames_that_two_dispose_at_once_give_their_buffer_and_their_bytes_back_once()
    {
        using var start = new Barrier(2);
        var before = BufferPool.Rented;
        for (var round = 0; round < Rounds; round++)
        {
            var (near, far) = Connection.CreatePair();
            await far.SendAsync("whole\nrest"u8.ToArray());
            var lines = near.Frames(Framing.Lines(100));
            await lines.ReceiveAsync();
            await Task.WhenAll(DisposeAsync(lines, start), DisposeAsync(lines, start)).Soon();
            await far.CompleteSendingAsync();

            Assert.Equal(before, BufferPool.Rented);
            Assert.Equal("rest"u8.ToArray(), await near.ReceiveToEndAsync(100).Soon());
            near.Abort();
            far.Abort();
        }
    }

    private static Task DisposeAsync(FramedConnection frames, Barrier start) => Task.Factory.StartNew(
        () =>
        {
            start.SignalAndWait();
            frames.DisposeAsync().AsTask().Wait();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
