using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Datagrams;

/// <summary>Code behind a receive may block, as a connection's handler may.</summary>
public sealed class DatagramStallTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ManualResetEventSlim _blocks = new();
    private readonly ManualResetEventSlim _released = new();

    public void Dispose()
    {
        _blocks.Dispose();
        _released.Dispose();
    }

    [Fact]
    public async Task Whoever_blocks_after_a_receive_keeps_no_other_socket_waiting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");

        // For the engine no time passes but what it is told: only what is meant to block loses the loop.
        var clock = new ManualClock();
        var engine = Engine.CreateEpoll(new EngineOptions { Loops = 1, TimeProvider = clock });
        var options = new DatagramOptions { Engine = engine };
        await using var blocker = await DatagramSocket.BindAsync("udp://127.0.0.1:0", options);
        await using var other = await DatagramSocket.BindAsync("udp://127.0.0.1:0", options);
        await using var client = await DatagramSocket.ConnectAsync(
            blocker.Local, new DatagramOptions { Engine = Engine.Sockets });
        await using var second = await DatagramSocket.ConnectAsync(
            other.Local, new DatagramOptions { Engine = Engine.Sockets });
        var blocking = BlockAsync(blocker);
        var receiving = other.ReceiveAsync(new byte[10]);

        await client.SendAsync("block"u8.ToArray());
        Assert.True(_blocks.Wait(Patience, TestContext.Current.CancellationToken));
        await Waiting.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(2));
            return engine.GetStatistics().HandOffs > 0;
        });
        await second.SendAsync("x"u8.ToArray());
        var received = await receiving.Soon();
        _released.Set();

        Assert.Equal(1, received.Length);
        Assert.True(await blocking.Soon());
        Assert.Equal(1, engine.GetStatistics().HandOffs);
        engine.Stop();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => other.ReceiveAsync(new byte[10]).AsTask()).Soon();
    }

    private async Task<bool> BlockAsync(DatagramSocket socket)
    {
        await socket.ReceiveAsync(new byte[10]).ConfigureAwait(false);
        _blocks.Set();
        return _released.Wait(Patience);
    }
}
