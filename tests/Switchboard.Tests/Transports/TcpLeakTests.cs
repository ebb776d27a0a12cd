using System.Net;
using System.Net.Sockets;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Transports;

[Collection(Alone.Name)]
public class TcpLeakTests
{
    [Fact]
    public async Task A_silent_address_is_passed_by_and_its_socket_released()
    {
        using var silent = new SilentAddress();
        await using var listener = await Listener.BindAsync(new TcpEndpoint("127.0.0.1", silent.Port));
        var before = OpenDescriptors.Sockets;

        var near = await Connection.ConnectAsync(
            new TcpEndpoint("name.test", silent.Port),
            new ConnectOptions
            {
                AttemptDelay = TimeSpan.FromMilliseconds(20),
                Timeout = TimeSpan.FromMinutes(3),
                Resolve = (_, _) => Task.FromResult<IPAddress[]>([silent.Address, IPAddress.Loopback]),
            }).Soon();

        Assert.Equal("127.0.0.1", ((TcpEndpoint)near.Remote).Host);
        near.Abort();
        (await listener.AcceptAsync().Soon()).Abort();
        await Waiting.UntilAsync(() => OpenDescriptors.Sockets <= before);
    }

    [Fact]
    public async Task Refusals_and_timeouts_leave_no_socket()
    {
        using var silent = new SilentAddress();
        var before = OpenDescriptors.Sockets;
        for (var round = 0; round < 10; round++)
        {
            await Assert.ThrowsAsync<ConnectionTimeoutException>(() => Connection.ConnectAsync(
                new TcpEndpoint($"{silent.Address}", silent.Port),
                new ConnectOptions { Timeout = TimeSpan.FromMilliseconds(5) }));
            await Assert.ThrowsAsync<ConnectionRefusedException>(
                () => Connection.ConnectAsync(new TcpEndpoint("127.0.0.3", silent.Port)));
        }

        await Waiting.UntilAsync(() => OpenDescriptors.Sockets <= before);
    }

    /// <summary>A loopback address that answers nobody: its listener's backlog is full.</summary>
    private sealed class SilentAddress : IDisposable
    {
        private const int Backlog = 1;

        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _waiting = [];

        public SilentAddress()
        {
            _listener.Bind(new IPEndPoint(Address, FreePort.Next()));
            _listener.Listen(Backlog);

            // Linux lets one more wait.
            for (var waiting = 0; waiting < Backlog + 1; waiting++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _waiting.Add(socket);
                socket.Connect(new IPEndPoint(Address, Port));
            }
        }

        public IPAddress Address { get; } = IPAddress.Parse("127.0.0.2");

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public void Dispose()
        {
            _waiting.ForEach(socket => socket.Dispose());
            _listener.Dispose();
        }
    }
}
