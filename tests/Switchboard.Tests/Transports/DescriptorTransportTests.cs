using System.Net;
using System.Net.Sockets;
using Switchboard.Engines;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Transports;

public class DescriptorTransportTests
{
    private static readonly Lock Inheriting = new();
    private static readonly HashSet<int> Numbers = [];

    public static TheoryData<string> Engines => [.. TestEngines.WithoutFaults];

    public DescriptorTransportTests() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors can be taken over on Linux only.");

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_connected_socket_becomes_a_connection(string engine)
    {
        using var listening = Listen();
        using var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listening.LocalEndPoint!);
        using var accepted = await listening.AcceptAsync();
        var endpoint = Inherited(accepted);
        accepted.Dispose();

        await using var connection = await Connection.ConnectAsync(endpoint, new() { Engine = TestEngines.Of(engine) });
        Assert.Equal(TcpEndpoint.From((IPEndPoint)peer.LocalEndPoint!), connection.Remote);
        await peer.SendAsync("hello"u8.ToArray());
        var received = new byte[5];
        await connection.ReceiveExactlyAsync(received);
        await connection.SendAsync(received);
        await connection.CompleteSendingAsync();

        Assert.Equal("hello", await ReadToEndAsync(peer));
    }

    // Only here one after the other in the same process: the framework's sockets cannot do that with one socket.
    [Fact]
    public async Task A_listening_socket_outlives_who_listens_at_it()
    {
        using var listening = Listen();
        var options = new ListenOptions { Engine = Engine.Epoll };
        for (var server = 0; server < 3; server++)
        {
            await using var listener = await Listener.BindAsync(Inherited(listening), options);
            var waiting = listener.AcceptAsync().AsTask();
            await using var client = await Connection.ConnectAsync(TcpEndpoint.From(Address(listening)));
            await using var accepted = await waiting.Soon();
            await client.SendAsync("x"u8.ToArray());
            Assert.Equal(1, await accepted.ReceiveAsync(new byte[1]).Soon());
        }

        // Nobody accepts, and somebody comes all the same.
        await using var early = await Connection.ConnectAsync(TcpEndpoint.From(Address(listening)));
        await using var last = await Listener.BindAsync(Inherited(listening), options);
        await using var found = await last.AcceptAsync().Soon();
        Assert.Equal(early.Local, found.Remote);
    }

    [Fact]
    public async Task A_descriptor_is_taken_once()
    {
        using var listening = Listen();
        var endpoint = Inherited(listening);
        await using var listener = await Listener.BindAsync(endpoint);

        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(endpoint));

        Assert.Contains("taken before", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_socket_is_refused_and_left_as_it_is()
    {
        using var file = File.OpenHandle("/dev/null");
        var number = Inherited((int)file.DangerousGetHandle());

        var error = await Assert.ThrowsAsync<ConnectionException>(
            () => Connection.ConnectAsync(new DescriptorEndpoint(number)));

        Assert.Contains("no socket", error.Message, StringComparison.Ordinal);
        Descriptors.Close(Descriptors.Duplicate(number));
        Descriptors.Close(number);
    }

    [Fact]
    public async Task A_number_without_a_descriptor_is_refused() =>
        await Assert.ThrowsAsync<ConnectionException>(
            () => Connection.ConnectAsync(new DescriptorEndpoint(int.MaxValue)));

    [Fact]
    public async Task Whether_it_listens_decides_what_can_be_done_with_it()
    {
        using var listening = Listen();
        var error = await Assert.ThrowsAsync<ConnectionException>(() => Connection.ConnectAsync(Inherited(listening)));
        Assert.Contains("listened at, not connected to", error.Message, StringComparison.Ordinal);

        using var alone = new Socket(SocketType.Stream, ProtocolType.Tcp);
        error = await Assert.ThrowsAsync<ConnectionException>(() => Connection.ConnectAsync(Inherited(alone)));
        Assert.Contains("not connected", error.Message, StringComparison.Ordinal);

        using var datagrams = new Socket(SocketType.Dgram, ProtocolType.Udp);
        error = await Assert.ThrowsAsync<ConnectionException>(() => Connection.ConnectAsync(Inherited(datagrams)));
        Assert.Contains("for datagrams", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "7")]
    [InlineData("2", "8")]
    [InlineData("0", "7")]
    public void Sockets_of_nobody_or_of_another_process_are_not_ours(string? count, string? process) =>
        Assert.Empty(SocketActivation.Read(count, process, ownProcess: 7));

    [Fact]
    public void The_sockets_we_were_given_begin_at_three() =>
        Assert.Equal(["fd:3", "fd:4"], SocketActivation.Read("2", "7", ownProcess: 7).Select(each => $"{each}"));

    [Theory]
    [InlineData("two", "7")]
    [InlineData("-1", "7")]
    [InlineData("1000000", "7")]
    [InlineData("1", null)]
    [InlineData("1", "me")]
    public void Variables_that_cannot_be_true_are_told(string count, string? process) =>
        Assert.Throws<FormatException>(() => SocketActivation.Read(count, process, ownProcess: 7));

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private static IPEndPoint Address(Socket socket) => (IPEndPoint)socket.LocalEndPoint!;

    // As if it had been there when the process started: with a number that was not used before.
    private static DescriptorEndpoint Inherited(Socket socket) => new(Inherited((int)socket.Handle));

    private static int Inherited(int descriptor)
    {
        var used = new List<int>();
        int number;
        lock (Inheriting)
        {
            while (!Numbers.Add(number = Descriptors.Duplicate(descriptor)))
            {
                used.Add(number);
            }
        }

        used.ForEach(Descriptors.Close);
        return number;
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().Soon();
    }
}
