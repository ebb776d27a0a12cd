using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Switchboard.Engines.Epoll;
using Switchboard.Engines.Sockets;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines;

[SuppressMessage("Reliability", "CA2000", Justification = "The wires own their sockets.")]
public class EngineWireTests
{
    public static TheoryData<string> Engines => [.. TestEngines.All];

    /// <summary>For whoever accepts without a listener that tries again after a shortage.</summary>
    public static TheoryData<string> EnginesWithoutFaults => [.. TestEngines.WithoutFaults];

    [Theory]
    [MemberData(nameof(EnginesWithoutFaults))]
    public async Task Both_ends_send_small_answers_at_once_and_find_a_vanished_peer(string name)
    {
        var engine = TestEngines.Of(name);
        var listener = engine.Bind(new IPEndPoint(IPAddress.Loopback, 0), backlog: 5);
        var address = new IPEndPoint(IPAddress.Loopback, ((TcpEndpoint)listener.Local).Port);
        var near = await engine.ConnectAsync(address, CancellationToken.None).Soon();
        var far = await listener.AcceptAsync(CancellationToken.None).Soon();

        foreach (var wire in new[] { near, far })
        {
            var socket = SocketOf(wire);
            Assert.True(socket.NoDelay);
            Assert.Equal(1, Option(socket, SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
            Assert.Equal(60, Option(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
            Assert.Equal(10, Option(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
            Assert.Equal(6, Option(socket, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
            wire.Abort();
        }

        listener.Close();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_second_listener_at_the_same_port_is_refused(string name)
    {
        var engine = TestEngines.Of(name);
        var listener = engine.Bind(new IPEndPoint(IPAddress.Loopback, 0), backlog: 5);
        var address = new IPEndPoint(IPAddress.Loopback, ((TcpEndpoint)listener.Local).Port);

        var error = Assert.Throws<BindException>(() => engine.Bind(address, backlog: 5));
        Assert.Equal(BindFailure.InUse, error.Failure);
        listener.Close();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_peer_that_is_gone_before_it_is_accepted_does_not_end_the_listener(string name)
    {
        var engine = TestEngines.Of(name);
        await using var listener = await Listener.BindAsync(
            "tcp://127.0.0.1:0", new ListenOptions { Engine = engine });
        var port = ((TcpEndpoint)listener.Local).Port;
        for (var round = 0; round < 20; round++)
        {
            using var gone = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            gone.LingerState = new LingerOption(enable: true, seconds: 0);
            await gone.ConnectAsync(IPAddress.Loopback, port);
        }

        var near = await Connection.ConnectAsync(
            listener.Local, new ConnectOptions { Engine = engine });
        await near.SendAsync(new byte[1]);
        while (await ReceiveOrMinusOneAsync(await listener.AcceptAsync().Soon()) < 0)
        {
            // One of those that are gone.
        }

        near.Abort();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_storm_of_aborts_leaves_nothing_registered_with_a_token_that_lives_on(string name)
    {
        var engine = TestEngines.Of(name);
        using var lives = new CancellationTokenSource();
        await using var listener = await Listener.BindAsync(
            "tcp://127.0.0.1:0", new ListenOptions { Engine = engine });
        var sources = new List<WeakReference>();
        for (var round = 0; round < 200; round++)
        {
            sources.Add(await ConnectAndAbortAsync(engine, listener, lives));
        }

        await Waiting.UntilAsync(() => CountAlive(sources) < 20);
        Assert.False(lives.IsCancellationRequested);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ConnectAndAbortAsync(
        Engine engine,
        Listener listener,
        CancellationTokenSource lives)
    {
        var near = await Connection.ConnectAsync(
            listener.Local, new ConnectOptions { Engine = engine });
        var far = await listener.AcceptAsync().Soon();
        var aborting = Task.Run(near.Abort);
        try
        {
            await near.ReceiveAsync(new byte[1], lives.Token).Soon();
        }
        catch (ObjectDisposedException)
        {
        }

        await aborting.Soon();
        far.Abort();
        return new WeakReference(near);
    }

    private static int CountAlive(List<WeakReference> references)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return references.Count(reference => reference.IsAlive);
    }

    private static async Task<int> ReceiveOrMinusOneAsync(Connection accepted)
    {
        try
        {
            return await accepted.ReceiveAsync(new byte[1]).Soon();
        }
        catch (ConnectionResetException)
        {
            return -1;
        }
        finally
        {
            accepted.Abort();
        }
    }

    private static int Option(Socket socket, SocketOptionLevel level, SocketOptionName name) =>
        (int)socket.GetSocketOption(level, name)!;

    private static Socket SocketOf(Wire wire) => wire is EpollWire epoll
        ? new Socket(new SafeSocketHandle(epoll.Key.Descriptor, ownsHandle: false))
        : SocketOf((SocketWire)wire);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_socket")]
    private static extern ref Socket SocketOf(SocketWire wire);
}
