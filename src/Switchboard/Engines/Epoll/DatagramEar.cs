using System.Net.Sockets;
using Switchboard.Engines.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>One socket for datagrams that a loop polls. A name may have several: their events are the wire's.</summary>
internal sealed class DatagramEar : IPolled
{
    private readonly EpollDatagramWire _wire;
    private bool? _joins;

    /// <param name="wire">Whose socket it is.</param>
    /// <param name="socket">Bound or connected; owned by the wire.</param>
    public DatagramEar(EpollDatagramWire wire, Socket socket)
    {
        _wire = wire;
        Socket = socket;
        Key = PolledKey.New((int)socket.Handle);
        IsIPv6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        TakesIPv4 = !IsIPv6 || socket.DualMode;
        Local = DatagramSockets.LocalOf(socket);
    }

    public Socket Socket { get; }

    public PolledKey Key { get; }

    public UdpEndpoint Local { get; }

    /// <summary>Whether its addresses are written as IPv6.</summary>
    public bool IsIPv6 { get; }

    public bool TakesIPv4 { get; }

    public EventLoop Loop => _wire.Loop;

    public Kernel Kernel => _wire.Kernel;

    public bool IsBlocker => _wire.IsBlocker;

    public CancellationToken WatchedToken => default;

    public void Happen(uint happenings) => _wire.Happen(happenings);

    public void NoteStall() => _wire.NoteStall();

    public void NoteLaneRun(bool wasQuick) => _wire.NoteLaneRun(wasQuick);

    public void Abandon() => _wire.Close();

    /// <summary>
    /// Has the kernel join datagrams of one size from one peer, if it can. To be called by who may use the descriptor.
    /// </summary>
    public bool Joins() => _joins ??= SocketNumbers.TrySet(Key.Descriptor, Libc.IpProtoUdp, Libc.UdpJoin, 1);
}
