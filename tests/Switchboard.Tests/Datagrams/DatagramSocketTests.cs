using System.Text;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Datagrams;

/// <summary>What every datagram socket promises, on every engine and with both families.</summary>
public sealed class DatagramSocketTests
{
    private readonly byte[] _buffer = new byte[ushort.MaxValue];

    public static TheoryData<string, string> Places => DatagramPlaces.All;

    public static TheoryData<string> Engines => DatagramPlaces.Engines;

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_datagram_goes_there_and_an_answer_comes_back(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);

        await client.SendAsync("hello"u8.ToArray());
        var asked = await server.ReceiveAsync(_buffer).Soon();
        await server.SendToAsync(_buffer.AsMemory(0, asked.Length), asked.From);
        var answered = await client.ReceiveAsync(_buffer).Soon();

        Assert.Equal(new ReceivedDatagram(5, asked.From, false, 5), asked);
        Assert.Equal(client.Local, asked.From.ToEndpoint());
        Assert.Equal(server.Local, answered.From.ToEndpoint());
        Assert.Equal("hello", Encoding.ASCII.GetString(_buffer, 0, answered.Length));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Datagrams_are_never_joined_nor_cut(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        int[] lengths = [1, 0, 1200, 9000, 65507, 3];
        foreach (var length in lengths)
        {
            await client.SendAsync(new byte[length]);
            Assert.Equal(length, (await server.ReceiveAsync(_buffer).Soon()).Length);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_empty_datagram_is_no_end(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);

        await client.SendAsync(ReadOnlyMemory<byte>.Empty);
        await client.SendAsync("behind"u8.ToArray());

        var empty = await server.ReceiveAsync(_buffer).Soon();
        Assert.Equal((0, false), (empty.Length, empty.IsTruncated));
        Assert.Equal(6, (await server.ReceiveAsync(_buffer).Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_does_not_fit_is_lost_and_told(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        await client.SendAsync(new byte[5000]);
        await client.SendAsync(new byte[100]);
        await client.SendAsync(new byte[7]);

        var cut = await server.ReceiveAsync(_buffer.AsMemory(0, 100)).Soon();
        var whole = await server.ReceiveAsync(_buffer.AsMemory(0, 100)).Soon();
        var nothing = await server.ReceiveAsync(Memory<byte>.Empty).Soon();

        Assert.Equal((100, true, 5000), (cut.Length, cut.IsTruncated, cut.OriginalLength));
        Assert.Equal((100, false, 100), (whole.Length, whole.IsTruncated, whole.OriginalLength));
        Assert.Equal((0, true, 7), (nothing.Length, nothing.IsTruncated, nothing.OriginalLength));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Too_much_for_one_datagram_is_refused_with_the_limit(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        var most = server.Local.Host == "::1" ? 65527 : 65507;

        var connected = await Assert.ThrowsAsync<DatagramTooLargeException>(
            () => client.SendAsync(new byte[most + 1]).AsTask());
        var bound = await Assert.ThrowsAsync<DatagramTooLargeException>(
            () => server.SendToAsync(new byte[70_000], DatagramAddress.From(client.Local)).AsTask());

        Assert.Equal((most + 1, most), (connected.Length, connected.MaxBytes));
        Assert.Equal((70_000, most), (bound.Length, bound.MaxBytes));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_refusal_is_told_to_a_connected_socket_that_goes_on_living(string endpoint, string engine)
    {
        var dead = DatagramPlaces.Dead(endpoint);
        await using var client = await DatagramPlaces.ConnectAsync(dead, engine);
        await client.SendAsync("anybody?"u8.ToArray());

        var refusal = await Assert.ThrowsAsync<ConnectionRefusedException>(
            () => client.ReceiveAsync(_buffer).AsTask()).Soon();
        await using var late = await DatagramSocket.BindAsync(dead, DatagramPlaces.On(engine));
        await client.SendAsync("now?"u8.ToArray());

        Assert.Equal("receive", refusal.Operation);
        Assert.Contains(dead.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await late.ReceiveAsync(_buffer).Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_refusal_is_told_to_the_next_send_as_well(string endpoint, string engine)
    {
        var dead = DatagramPlaces.Dead(endpoint);
        await using var client = await DatagramPlaces.ConnectAsync(dead, engine);

        var refusal = await Assert.ThrowsAsync<ConnectionRefusedException>(async () =>
        {
            // The answer of the network comes when it comes: over loopback before the call has ended.
            for (var i = 0; i < 1000; i++)
            {
                await client.SendAsync("anybody?"u8.ToArray());
            }
        }).Soon();

        Assert.Equal("send", refusal.Operation);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_bound_socket_never_hears_of_refusals(string endpoint, string engine)
    {
        var dead = DatagramPlaces.Dead(endpoint);
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        var receiving = server.ReceiveAsync(_buffer);
        for (var i = 0; i < 10; i++)
        {
            await server.SendToAsync("nobody"u8.ToArray(), DatagramAddress.From(dead));
        }

        await client.SendAsync("somebody"u8.ToArray());

        Assert.Equal(8, (await receiving.Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_connected_socket_hears_its_peer_only(string endpoint, string engine)
    {
        await using var peer = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var stranger = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(peer.Local, engine);

        await stranger.SendToAsync("stranger"u8.ToArray(), DatagramAddress.From(client.Local));
        await peer.SendToAsync("peer"u8.ToArray(), DatagramAddress.From(client.Local));

        Assert.Equal(4, (await client.ReceiveAsync(_buffer).Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_cancelled_receive_loses_nothing(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        using var stop = new CancellationTokenSource();
        var receiving = server.ReceiveAsync(_buffer, stop.Token).AsTask();

        await stop.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving).Soon();
        await client.SendAsync("kept"u8.ToArray());

        Assert.Equal(stop.Token, error.CancellationToken);
        Assert.Equal(4, (await server.ReceiveAsync(_buffer).Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Two_receives_at_once_are_a_mistake(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        var first = server.ReceiveAsync(_buffer);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => server.ReceiveBatchAsync(new DatagramBatch()).AsTask());
        await client.SendAsync("first"u8.ToArray());

        Assert.Equal(5, (await first.Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Disposing_ends_what_waits(string endpoint, string engine)
    {
        var server = await DatagramPlaces.BindAsync(endpoint, engine);
        var receiving = server.ReceiveAsync(_buffer).AsTask();

        await server.DisposeAsync();
        await server.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving).Soon();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => server.ReceiveAsync(_buffer).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => server.SendToAsync(_buffer, DatagramAddress.From(server.Local)).AsTask());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Twenty_clients_at_once_are_each_answered(string endpoint, string engine)
    {
        const int Clients = 20;
        const int Rounds = 25;
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        using var stop = new CancellationTokenSource();
        var serving = EchoAsync(server, stop.Token);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            await using var socket = await DatagramPlaces.ConnectAsync(server.Local, engine);
            var buffer = new byte[100];
            for (var round = 0; round < Rounds; round++)
            {
                var question = Encoding.ASCII.GetBytes($"{client}:{round}");
                await socket.SendAsync(question);
                var answer = await socket.ReceiveAsync(buffer);
                Assert.Equal(question, buffer[..answer.Length]);
            }
        })).Soon();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving).Soon();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Many_may_send_at_once(string endpoint, string engine)
    {
        const int Senders = 8;
        const int Each = 200;
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramSocket.ConnectAsync(
            server.Local, DatagramPlaces.On(engine) with { SendBufferBytes = 4096 });
        var sending = Task.WhenAll(Enumerable.Range(1, Senders).Select(sender => Task.Run(async () =>
        {
            var bytes = Enumerable.Repeat((byte)sender, sender * 300).ToArray();
            for (var i = 0; i < Each; i++)
            {
                await client.SendAsync(bytes);
            }
        })));

        // What the receive buffer has no room for is lost: that is what datagrams do. So none may come after the last.
        var receiving = server.ReceiveAsync(_buffer).AsTask();
        await receiving.Soon();
        while (await Task.WhenAny(receiving, sending).Soon() == receiving)
        {
            var length = (await receiving).Length;
            Assert.Equal(Enumerable.Repeat(_buffer[0], _buffer[0] * 300), _buffer[..length]);
            receiving = server.ReceiveAsync(_buffer).AsTask();
        }

        await sending;
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Localhost_is_heard_with_both_families_at_one_port(string engine)
    {
        await using var server = await DatagramPlaces.BindAsync("udp://localhost:0", engine);
        var port = server.Local.Port;
        await using var four = await DatagramPlaces.ConnectAsync($"udp://127.0.0.1:{port}", engine);
        await using var six = await DatagramPlaces.ConnectAsync($"udp://[::1]:{port}", engine);

        for (var round = 0; round < 3; round++)
        {
            foreach (var client in new[] { four, six })
            {
                var receiving = server.ReceiveAsync(_buffer);
                await client.SendAsync("which?"u8.ToArray());
                var asked = await receiving.Soon();
                await server.SendToAsync(_buffer.AsMemory(0, asked.Length), asked.From);
                Assert.Equal(client.Local, asked.From.ToEndpoint());
                Assert.Equal(6, (await client.ReceiveAsync(_buffer).Soon()).Length);
            }
        }

        Assert.Equal("localhost", server.Local.Host);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Any_address_of_IPv6_hears_IPv4_as_well(string engine)
    {
        await using var server = await DatagramPlaces.BindAsync("udp://[::]:0", engine);
        await using var client = await DatagramPlaces.ConnectAsync($"udp://127.0.0.1:{server.Local.Port}", engine);

        await client.SendAsync("mapped"u8.ToArray());
        var asked = await server.ReceiveAsync(_buffer).Soon();
        await server.SendToAsync(_buffer.AsMemory(0, asked.Length), asked.From);

        Assert.Equal("127.0.0.1", asked.From.Address.ToString());
        Assert.Equal(6, (await client.ReceiveAsync(_buffer).Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Any_address_hears_everything_of_IPv4(string engine)
    {
        await using var server = await DatagramPlaces.BindAsync("udp://0.0.0.0:0", engine);
        await using var client = await DatagramPlaces.ConnectAsync($"udp://127.0.0.1:{server.Local.Port}", engine);

        await client.SendAsync("any"u8.ToArray());

        Assert.Equal(3, (await server.ReceiveAsync(_buffer).Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_destination_of_the_other_family_is_refused(string engine)
    {
        await using var server = await DatagramPlaces.BindAsync("udp://127.0.0.1:0", engine);
        var six = DatagramAddress.From((UdpEndpoint)(Endpoint)"udp://[::1]:9");

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => server.SendToAsync("x"u8.ToArray(), six).AsTask());

        Assert.Contains("other family", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Sending_the_wrong_way_is_a_mistake(string engine)
    {
        await using var server = await DatagramPlaces.BindAsync("udp://127.0.0.1:0", engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.SendAsync(_buffer).AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => client.SendToAsync(_buffer, DatagramAddress.From(server.Local)).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => server.SendToAsync(_buffer, default).AsTask());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_port_that_is_taken_cannot_be_bound(string engine)
    {
        await using var server = await DatagramPlaces.BindAsync("udp://localhost:0", engine);

        var error = await Assert.ThrowsAsync<BindException>(
            () => DatagramPlaces.BindAsync($"udp://127.0.0.1:{server.Local.Port}", engine));

        Assert.Equal(BindFailure.InUse, error.Failure);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_port_is_free_again_when_its_socket_was_disposed(string engine)
    {
        var endpoint = DatagramPlaces.Dead("udp://localhost:0").ToString();
        for (var i = 0; i < 20; i++)
        {
            await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
            Assert.Equal(endpoint, server.Local.ToString());
        }
    }

    private static async Task EchoAsync(DatagramSocket server, CancellationToken stop)
    {
        var buffer = new byte[2048];
        while (true)
        {
            var asked = await server.ReceiveAsync(buffer, stop);
            await server.SendToAsync(buffer.AsMemory(0, asked.Length), asked.From, stop);
        }
    }
}
