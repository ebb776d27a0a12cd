using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Datagrams;

/// <summary>What a warm datagram socket leaves behind: no memory for a datagram, no descriptor for a socket.</summary>
[Collection(Alone.Name)]
public sealed class DatagramCostTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("udp://127.0.0.1:0")]
    [InlineData("udp://[::1]:0")]
    [InlineData("udp://localhost:0")]
    public async Task A_round_trip_of_a_datagram_allocates_nothing(string endpoint)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");
        await using var server = await DatagramPlaces.BindAsync(endpoint, TestEngines.Epoll);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, TestEngines.Epoll);
        var echo = EchoAsync(server);
        var buffer = new byte[100];

        await Allocations.AssertNoneAsync(output, async rounds =>
        {
            for (var round = 0; round < rounds; round++)
            {
                await client.SendAsync(buffer);
                await client.ReceiveAsync(buffer);
            }
        });
        await server.DisposeAsync();
        await echo.Soon();
    }

    [Fact]
    public async Task A_batch_allocates_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");
        await using var server = await DatagramPlaces.BindAsync("udp://127.0.0.1:0", TestEngines.Epoll);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, TestEngines.Epoll);
        var echo = EchoBatchesAsync(server);
        var batch = new DatagramBatch();
        var answers = new DatagramBatch();
        while (batch.TryAdd(new byte[1200]) && batch.Count < 20)
        {
        }

        await Allocations.AssertNoneAsync(output, async rounds =>
        {
            for (var round = 0; round < rounds; round++)
            {
                await client.SendBatchAsync(batch);
                for (var received = 0; received < batch.Count;)
                {
                    received += await client.ReceiveBatchAsync(answers);
                }
            }
        });
        await server.DisposeAsync();
        await echo.Soon();
    }

    [Theory]
    [InlineData(TestEngines.Sockets)]
    [InlineData(TestEngines.Epoll)]
    public async Task No_descriptor_is_left_behind(string engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc here.");
        await OpenAndCloseAsync(engine);
        var before = OpenDescriptors.Sockets;
        for (var i = 0; i < 20; i++)
        {
            await OpenAndCloseAsync(engine);
        }

        await Waiting.UntilAsync(() => OpenDescriptors.Sockets <= before);
    }

    private static async Task OpenAndCloseAsync(string engine)
    {
        var server = await DatagramPlaces.BindAsync("udp://localhost:0", engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        var buffer = new byte[10];
        await client.SendAsync(buffer);
        await server.ReceiveAsync(buffer).Soon();
        var pending = server.ReceiveAsync(buffer).AsTask();
        await server.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pending).Soon();
        await Assert.ThrowsAsync<BindException>(() => DatagramPlaces.BindAsync("udp://192.0.2.77:0", engine));
    }

    private static async Task EchoAsync(DatagramSocket server)
    {
        var buffer = new byte[100];
        try
        {
            while (true)
            {
                var asked = await server.ReceiveAsync(buffer);
                await server.SendToAsync(buffer.AsMemory(0, asked.Length), asked.From);
            }
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private static async Task EchoBatchesAsync(DatagramSocket server)
    {
        var batch = new DatagramBatch();
        try
        {
            while (true)
            {
                await server.ReceiveBatchAsync(batch);
                await server.SendBatchAsync(batch);
            }
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
