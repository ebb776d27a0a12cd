using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

[Collection(Alone.Name)]
public class EngineStopTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    public EngineStopTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");

    [Fact]
    public async Task A_stop_resets_connections_ends_what_waits_and_leaves_no_thread_and_no_descriptor()
    {
        var socketsBefore = OpenDescriptors.Sockets;
        await CollectedAsync();
        var setsBefore = OpenDescriptors.EpollSets;
        await UseAndStopAsync();

        await Waiting.UntilAsync(() => OpenDescriptors.Sockets <= socketsBefore);
        await CollectedAsync();
        await Waiting.UntilAsync(() =>
        {
            Collect();
            return OpenDescriptors.EpollSets <= setsBefore;
        });
    }

    [Fact]
    public async Task An_engine_that_was_stopped_makes_nothing_new()
    {
        var engine = Engine.CreateEpoll(new EngineOptions());
        engine.Stop();
        engine.Stop();

        Assert.Throws<ObjectDisposedException>(() => engine.Bind(AnyPort, backlog: 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await engine.ConnectAsync(AnyPort, CancellationToken.None));
    }

    [Fact]
    public async Task A_stop_that_meets_connects_and_accepts_leaves_none_open()
    {
        for (var round = 0; round < 50; round++)
        {
            var socketsBefore = OpenDescriptors.Sockets;
            var engine = Engine.CreateEpoll(new EngineOptions { Loops = 2 });
            var listener = engine.Bind(AnyPort, backlog: 100);
            var remote = new IPEndPoint(IPAddress.Loopback, ((TcpEndpoint)listener.Local).Port);
            var waiting = new ConcurrentBag<Task<Exception?>>();
            var working = Task.WhenAll(
                Task.Run(() => UntilStoppedAsync(async () =>
                    waiting.Add(ReceiveAsync(await listener.AcceptAsync(CancellationToken.None))))),
                Task.Run(() => UntilStoppedAsync(async () =>
                    waiting.Add(ReceiveAsync(await engine.ConnectAsync(remote, CancellationToken.None))))));
            await Waiting.UntilAsync(() => OpenDescriptors.Sockets > socketsBefore + 3);

            engine.Stop();

            await working.Soon();
            Assert.All(await Task.WhenAll(waiting).Soon(), Assert.NotNull);
            await Waiting.UntilAsync(() => OpenDescriptors.Sockets <= socketsBefore);
            await Waiting.UntilAsync(() => engine.GetStatistics().Threads == 0);
        }
    }

    private static async Task UseAndStopAsync()
    {
        var engine = Engine.CreateEpoll(new EngineOptions { Loops = 2 });
        var listener = engine.Bind(AnyPort, backlog: 5);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(IPAddress.Loopback, ((TcpEndpoint)listener.Local).Port);
        var wire = await listener.AcceptAsync(CancellationToken.None).Soon();
        var receiving = wire.ReceiveAsync(new byte[1], CancellationToken.None).AsTask();
        var sending = SendForEverAsync(wire);
        var accepting = listener.AcceptAsync(CancellationToken.None).AsTask();
        Assert.Equal(2, engine.GetStatistics().Loops);
        Assert.InRange(engine.GetStatistics().Threads, 2, 4);

        engine.Stop();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving.Soon());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending.Soon());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => accepting.Soon());
        var reset = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (await peer.ReceiveAsync(new byte[65536]) > 0)
            {
            }
        });
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        await Waiting.UntilAsync(() => engine.GetStatistics().Threads == 0);
    }

    private static async Task SendForEverAsync(Wire wire)
    {
        while (true)
        {
            await wire.SendAsync(new byte[65536], CancellationToken.None);
        }
    }

    private static async Task<Exception?> ReceiveAsync(Wire wire) =>
        await Record.ExceptionAsync(() => wire.ReceiveAsync(new byte[1], CancellationToken.None).AsTask());

    private static async Task UntilStoppedAsync(Func<Task> step)
    {
        try
        {
            // On a busy machine the stop may come late; the connections must not be more than anybody has descriptors.
            for (var i = 0; i < 200; i++)
            {
                await step();
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or ConnectionException)
        {
            // Stopped, or refused by a listener that was.
        }
    }

    private static async Task CollectedAsync()
    {
        Collect();
        await Task.Yield();
        Collect();
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
