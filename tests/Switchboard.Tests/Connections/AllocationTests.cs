using System.Diagnostics;
using System.Reflection;

namespace Switchboard.Tests.Connections;

/// <summary>
/// A debug build allocates the state of every asynchronous call, so its bounds only catch what is out of all
/// proportion.
/// </summary>
[Collection(Alone.Name)]
public class AllocationTests(ITestOutputHelper output)
{
    private const int Rounds = 4000;

    // Nothing is allocated for a round trip, but now and then a pool grows.
    private const int MostBytesOptimized = 100;

    private static readonly bool IsOptimized =
        typeof(Connection).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    [Theory]
    [InlineData("tcp://127.0.0.1:0", 2000)]
    [InlineData("memory:allocations", 4000)]
    public async Task A_round_trip_on_a_warm_connection_stays_cheap(string endpoint, int mostBytesInDebug)
    {
        await using var listener = await Listener.BindAsync(endpoint);
        var near = await Connection.ConnectAsync(listener.Local);
        var far = await listener.AcceptAsync().Soon();
        var echo = EchoAsync(far);
        var buffer = new byte[100];
        long before = 0;
        for (var round = 0; round < 2 * Rounds; round++)
        {
            before = round == Rounds ? GC.GetTotalAllocatedBytes(precise: true) : before;
            await near.SendAsync(buffer);
            await near.ReceiveExactlyAsync(buffer);
        }

        Report(endpoint, GC.GetTotalAllocatedBytes(precise: true) - before, mostBytesInDebug);
        near.Abort();
        await echo.Soon();
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:0", 4000)]
    [InlineData("memory:frame-allocations", 8000)]
    public async Task A_frame_each_way_on_a_warm_connection_stays_cheap(string endpoint, int mostBytesInDebug)
    {
        await using var listener = await Listener.BindAsync(endpoint);
        await using var near = (await Connection.ConnectAsync(listener.Local)).Frames(Framing.Lines(1000));
        var far = await listener.AcceptAsync().Soon();
        var echo = EchoFramesAsync(far);
        var line = "a line of some length"u8.ToArray();
        long before = 0;
        for (var round = 0; round < 2 * Rounds; round++)
        {
            before = round == Rounds ? GC.GetTotalAllocatedBytes(precise: true) : before;
            await near.SendAsync(line);
            await near.ReceiveAsync();
        }

        Report(endpoint, GC.GetTotalAllocatedBytes(precise: true) - before, mostBytesInDebug);
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
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var received = 0; received < 1000; received++)
        {
            await frames.ReceiveAsync();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        near.Abort();
    }

    private void Report(string endpoint, long bytes, int mostBytesInDebug)
    {
        var each = bytes / (double)Rounds;
        output.WriteLine($"{endpoint}: {each:0.0} bytes each time");
        Assert.True(each <= (IsOptimized ? MostBytesOptimized : mostBytesInDebug), $"{each:0.0} bytes each time");
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
