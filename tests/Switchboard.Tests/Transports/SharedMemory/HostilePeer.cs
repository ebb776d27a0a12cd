using System.Net.Sockets;
using System.Runtime.InteropServices;
using Switchboard.Tests.Connections;
using Switchboard.Transports.SharedMemory;

namespace Switchboard.Tests.Transports.SharedMemory;

/// <summary>A client that shook hands as it should, and from then on does what a test wants.</summary>
internal sealed class HostilePeer : IAsyncDisposable
{
    // Where the counters of the first ring are, through which the client sends.
    public const int WrittenAt = 0;
    public const int TakenAt = 128;
    public const int FinishedAt = 256;
    public const int ReceiverSleepsAt = 384;
    public const int SenderSleepsAt = 512;
    public const int RingBytes = 4096;

    private static int _names;

    private readonly Listener _listener;
    private readonly Wire _socket;
    private readonly SharedRegion _region;

    private HostilePeer(Listener listener, Wire socket, SharedRegion region, Connection victim)
    {
        _listener = listener;
        _socket = socket;
        _region = region;
        Victim = victim;
    }

    /// <summary>The server's end, which keeps the rules.</summary>
    public Connection Victim { get; }

    public static string NewName() => $"test-{Environment.ProcessId}-{Interlocked.Increment(ref _names)}";

    public static async Task<HostilePeer> ConnectAsync(Engine engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shared memory works on Linux only.");
        var endpoint = new SharedMemoryEndpoint(NewName());
        var listener = await Listener.BindAsync(endpoint, new ListenOptions { Engine = engine });
        var socket = await SocketAsync(engine, endpoint);
        var region = await Handshake.GreetAsync(socket, endpoint, RingBytes, CancellationToken.None).AsTask().Soon();
        return new HostilePeer(listener, socket, region, await listener.AcceptAsync().Soon());
    }

    /// <summary>Connects to the socket of a listener, and says nothing.</summary>
    public static Task<Wire> SocketAsync(Engine engine, SharedMemoryEndpoint endpoint) => engine.ConnectAsync(
        new UnixDomainSocketEndPoint(PrivateFolder.SocketPath(endpoint.Name)), CancellationToken.None).Soon();

    /// <summary>The bytes of a counter's place in the memory.</summary>
    public static int InServersRing(int counter) => RingMemory.CounterBytes + counter;

    public void Write(int place, long value) => Marshal.WriteInt64(_region.DangerousGetHandle(), place, value);

    public long Read(int place) => Marshal.ReadInt64(_region.DangerousGetHandle(), place);

    public async Task RingAsync(int bells) => await _socket.SendAsync(new byte[bells], CancellationToken.None).Soon();

    public void Hang() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        Victim.Abort();
        await _listener.DisposeAsync();
        _region.Dispose();
    }
}
