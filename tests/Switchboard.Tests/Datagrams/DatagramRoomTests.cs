using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Datagrams;

/// <summary>Sends that find no room wait for it, in a queue, and may be given up.</summary>
public sealed class DatagramRoomTests : IAsyncLifetime
{
    private readonly NoRoom _kernel = new();
    private EpollEngine? _engine;
    private DatagramSocket? _server;
    private DatagramSocket? _client;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");
        _engine = new EpollEngine(new EngineOptions { Loops = 1 }, _kernel);
        _server = await DatagramSocket.BindAsync("udp://127.0.0.1:0");
        _client = await DatagramSocket.ConnectAsync(_server.Local, new DatagramOptions { Engine = _engine });
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null && _server is not null)
        {
            await _client.DisposeAsync();
            await _server.DisposeAsync();
        }

        _engine?.Stop();
    }

    [Fact]
    public async Task Sends_wait_for_room_one_behind_the_other()
    {
        var first = _client!.SendAsync("1"u8.ToArray()).AsTask();
        var batch = new DatagramBatch();
        batch.TryAdd("22"u8);
        var second = _client.SendBatchAsync(batch).AsTask();
        Assert.False(first.IsCompleted || second.IsCompleted);

        _kernel.MakeRoom();
        await Task.WhenAll(first, second).Soon();

        var buffer = new byte[10];
        Assert.Equal(1, (await _server!.ReceiveAsync(buffer).Soon()).Length);
        Assert.Equal(2, (await _server.ReceiveAsync(buffer).Soon()).Length);
    }

    [Fact]
    public async Task A_send_that_waits_can_be_cancelled_and_nothing_was_sent()
    {
        using var stop = new CancellationTokenSource();
        var first = _client!.SendAsync("first"u8.ToArray(), stop.Token).AsTask();
        var behind = _client.SendAsync("behind"u8.ToArray(), stop.Token).AsTask();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first).Soon();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => behind).Soon();
        _kernel.HasRoom = true;
        await _client.SendAsync("x"u8.ToArray());

        Assert.Equal(1, (await _server!.ReceiveAsync(new byte[10]).Soon()).Length);
    }

    [Fact]
    public async Task Disposing_ends_the_sends_that_wait()
    {
        var first = _client!.SendAsync("first"u8.ToArray()).AsTask();
        var behind = _client.SendAsync("behind"u8.ToArray()).AsTask();

        await _client.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => first).Soon();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => behind).Soon();
    }
}
