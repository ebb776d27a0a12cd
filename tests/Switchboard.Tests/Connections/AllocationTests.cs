namespace Switchboard.Tests.Connections;

/// <summary>A connection that is warm allocates nothing, neither for a round trip nor for a frame.</summary>
[Collection(Alone.Name)]
public class AllocationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("tcp://127.0.0.1:0", "epoll")]
    [InlineData("tcp://127.0.0.1:0", "sockets")]
    [InlineData("memory:allocations", "sockets")]
    [InlineData("shm:allocations", "epoll")]
    [InlineData("shm:allocations", "sockets")]
    public async Task A_round_trip_on_a_warm_connection_allocates_nothing(string endpoint, string engine)
    {
        await using var listener = await Listener.BindAsync(endpoint, new ListenOptions { Engine = EngineOf(engine) });
        var near = await Connection.ConnectAsync(
            listener.Local, new ConnectOptions { Engine = EngineOf(engine) });
        var far = await listener.AcceptAsync().Soon();
        var echo = EchoAsync(far);
        var buffer = new byte[100];

        await Allocations.AssertNoneAsync(output, async rounds =>
        {
            for (var round = 0; round < rounds; round++)
            {
                await near.SendAsync(buffer);
                await near.ReceiveExactlyAsync(buffer);
            }
        });
        near.Abort();
        await echo.Soon();
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:0", "epoll")]
    [InlineData("tcp://127.0.0.1:0", "sockets")]
    [InlineData("memory:frame-allocations", "sockets")]
    [InlineData("shm:frame-allocations", "epoll")]
    [InlineData("shm:frame-allocations", "sockets")]
    public async Task A_frame_each_way_on_a_warm_connection_allocates_nothing(string endpoint, string engine)
    {
        await using var listener = await Listener.BindAsync(endpoint, new ListenOptions { Engine = EngineOf(engine) });
        var client = await Connection.ConnectAsync(listener.Local, new ConnectOptions { Engine = EngineOf(engine) });
        await using var near = client.Frames(Framing.Lines(1000));
        var far = await listener.AcceptAsync().Soon();
        var echo = EchoFramesAsync(far);
        var line = "a line of some length"u8.ToArray();

        await Allocations.AssertNoneAsync(output, async rounds =>
        {
            for (var round = 0; round < rounds; round++)
            {
                await near.SendAsync(line);
                await near.ReceiveAsync();
            }
        });
        near.Connection.Abort();
        await echo.Soon();
    }

    [Fact]
    public async Task A_frame_among_many_that_arrived_together_costs_nothing()
    {
        var (near, far) = Connection.CreatePair();
        await using var frames = near.Frames(Framing.Lines(100));
        await far.SendAsync(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("x\n", 2000))));
        await frames.ReceiveAsync().Soon();
        await frames.ReceiveAsync();
        var least = long.MaxValue;
        for (var window = 0; window < 10; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var received = 0; received < Allocations.RoundsOfWindow; received++)
            {
                await frames.ReceiveAsync();
            }

            // A collection counts what room a thread has left; there is none in every window.
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        near.Abort();
    }

    private static Engine EngineOf(string name)
    {
        Assert.SkipUnless(name != "epoll" || OperatingSystem.IsLinux(), "There is no epoll here.");
        return name == "epoll" ? Engine.Epoll : Engine.Sockets;
    }

    private static async Task EchoAsync(Connection connection)
    {
        var buffer = new byte[100];
        try
        {
            while (await connection.ReceiveAsync(buffer) is > 0 and var count)
            {
                await connection.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (ConnectionResetException)
        {
            connection.Abort();
        }
    }

    private static async Task EchoFramesAsync(Connection connection)
    {
        await using var frames = connection.Frames(Framing.Lines(1000));
        try
        {
            while (await frames.ReceiveAsync() is { } frame)
            {
                await frames.SendAsync(frame);
            }
        }
        catch (ConnectionResetException)
        {
            connection.Abort();
        }
    }
}
