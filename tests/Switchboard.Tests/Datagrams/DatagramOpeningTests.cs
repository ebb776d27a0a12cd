using System.Net;
using System.Net.Sockets;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Datagrams;

public sealed class DatagramOpeningTests
{
    [Fact]
    public async Task A_name_is_looked_up_by_whoever_the_options_name()
    {
        var options = new DatagramOptions { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]) };
        await using var server = await DatagramSocket.BindAsync("udp://bank.example:0", options);
        await using var client = await DatagramSocket.ConnectAsync(server.Local, options);
        var buffer = new byte[10];

        await client.SendAsync("x"u8.ToArray());

        Assert.Equal("bank.example", server.Local.Host);
        Assert.Equal("127.0.0.1", client.Remote?.Host);
        Assert.Equal(1, (await server.ReceiveAsync(buffer).Soon()).Length);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_told()
    {
        var options = new DatagramOptions
        {
            Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound),
        };

        await Assert.ThrowsAsync<HostNotFoundException>(
            () => DatagramSocket.ConnectAsync("udp://nobody.example:9", options));
        var error = await Assert.ThrowsAsync<BindException>(
            () => DatagramSocket.BindAsync("udp://nobody.example:9", options));
        Assert.Equal(BindFailure.NotFound, error.Failure);
    }

    [Fact]
    public async Task A_name_that_is_not_found_in_time_is_given_up()
    {
        var clock = new ManualClock();
        var options = new DatagramOptions
        {
            TimeProvider = clock,
            Resolve = (_, _) => new TaskCompletionSource<IPAddress[]>().Task,
        };
        var connecting = DatagramSocket.ConnectAsync("udp://slow.example:9", options);

        clock.Advance(options.Timeout);

        var error = await Assert.ThrowsAsync<ConnectionTimeoutException>(() => connecting).Soon();
        Assert.Equal(TimeoutPhase.Resolve, error.Phase);
    }

    [Fact]
    public async Task Whoever_cancels_gets_that_back()
    {
        using var stop = new CancellationTokenSource();
        var options = new DatagramOptions { Resolve = (_, _) => new TaskCompletionSource<IPAddress[]>().Task };
        var connecting = DatagramSocket.ConnectAsync("udp://slow.example:9", options, stop.Token);

        await stop.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting).Soon();
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Fact]
    public async Task An_address_of_somebody_else_cannot_be_bound()
    {
        var error = await Assert.ThrowsAsync<BindException>(() => DatagramSocket.BindAsync("udp://192.0.2.77:0"));

        Assert.Equal(BindFailure.NotLocal, error.Failure);
    }

    [Fact]
    public async Task Only_endpoints_of_UDP_will_do()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => DatagramSocket.BindAsync("tcp://localhost:0"));
        await Assert.ThrowsAsync<ArgumentException>(() => DatagramSocket.ConnectAsync("udp://localhost:0"));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatagramOptions { MulticastTimeToLive = 256 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatagramOptions { ReceiveBufferBytes = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatagramOptions { SendBufferBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatagramBatch(maxDatagrams: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatagramBatch(maxDatagramBytes: 70_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatagramBatch(int.MaxValue, 1000));
    }

    [Fact]
    public async Task A_small_receive_buffer_loses_datagrams_and_not_the_socket()
    {
        await using var server = await DatagramSocket.BindAsync(
            "udp://127.0.0.1:0", new DatagramOptions { ReceiveBufferBytes = 4096 });
        await using var client = await DatagramSocket.ConnectAsync(server.Local);
        for (var i = 0; i < 100; i++)
        {
            await client.SendAsync(new byte[100]);
        }

        var buffer = new byte[200];
        var received = 0;
        using var stop = new CancellationTokenSource();
        while (server.ReceiveAsync(buffer, stop.Token).AsTask() is { IsCompletedSuccessfully: true })
        {
            received++;
        }

        await stop.CancelAsync();
        Assert.InRange(received, 0, 99);
    }
}
