using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Switchboard.Datagrams;
using Switchboard.Engines.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// Asks Linux by epoll, from loops that run the handlers as well. <see cref="StallWatch"/> and <see cref="Crew"/>
/// see to it that none of them keeps the others waiting. Invariant 12: what is promised is that one connection's code
/// runs in order, and nothing about those of one loop, or about threads.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Listeners own their sockets.")]
internal sealed class EpollEngine : Engine
{
    private readonly EngineOptions _options;
    private readonly PolledTable _polled = new();
    private readonly Lock _starting = new();
    private readonly StallWatch _watch;
    private EventLoop[]? _loops;
    private int _lastLoop;
    private int _isDisposed;
    private int _loopsRunning;

    /// <param name="options">How it works.</param>
    /// <param name="faults">For tests; null for none.</param>
    public EpollEngine(EngineOptions options, IFaults? faults = null)
    {
        _options = options;
        Kernel = new Kernel(faults);
        Crew = new Crew(options);
        _watch = new StallWatch(Crew, options.TimeProvider);
    }

    /// <summary>Whether it lives as long as the process, and cannot be disposed.</summary>
    public bool IsShared { get; init; }

    public override string Name => "epoll";

    public Kernel Kernel { get; }

    public Crew Crew { get; }

    /// <summary>Whether this system has what the engine needs; if not, why.</summary>
    public static bool IsSupported([NotNullWhen(false)] out string? problem)
    {
        problem = OperatingSystem.IsLinux() ? null : "it is made of Linux's epoll";
        if (problem is not null)
        {
            return false;
        }

        try
        {
            _ = new EventLoop(
                new PolledTable(), new StallWatch(new Crew(new()), TimeProvider.System), new Crew(new()), new(), null);
        }
        catch (Exception error) when (error is SocketException or DllNotFoundException or EntryPointNotFoundException)
        {
            problem = $"the kernel gives no event loop ({error.Message})";
        }

        return problem is null;
    }

    public override EngineStatistics GetStatistics() => new(
        Volatile.Read(ref _loops)?.Length ?? 0,
        Crew.Threads,
        _watch.Stalls,
        _watch.HandOffs,
        Crew.LaneRuns);

    /// <summary>Has a wire's loop poll it.</summary>
    /// <exception cref="SocketException">The kernel refuses; the wire is closed.</exception>
    public EpollWire Poll(EpollWire wire)
    {
        if (Register(wire) is not 0 and var errno)
        {
            wire.Abort();
            throw Errno.ToException(errno);
        }

        return wire;
    }

    /// <summary>To be called before a descriptor is closed.</summary>
    public void Forget(IPolled polled) => _polled.Remove(polled);

    internal override async ValueTask<Wire> ConnectAsync(EndPoint remote, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        EpollWire? wire = null;
        try
        {
            wire = BeginConnect(remote, out var isConnecting);
            if (isConnecting
                && await wire.ConnectedAsync(cancellationToken).ConfigureAwait(false) is not 0 and var errno)
            {
                throw Errno.ToException(errno);
            }

            return wire;
        }
        catch (SocketException error)
        {
            wire?.Abort();
            throw SocketErrors.Translate(error, "connect", null, SocketAddresses.ToEndpoint(remote));
        }
        catch
        {
            wire?.Abort();
            throw;
        }
    }

    internal override WireListener Bind(EndPoint local, int backlog)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        try
        {
            return _options.ListensOnEveryLoop && local is IPEndPoint
                ? BindEveryLoop(local, backlog)
                : Listen(ListeningSocket.Open(local, backlog, Prepare), GetLoops()[0], NextLoop);
        }
        catch (SocketException error)
        {
            throw SocketErrors.TranslateBind(error, SocketAddresses.ToEndpoint(local));
        }
    }

    internal override Wire Adopt(Socket socket)
    {
        using (socket)
        {
            var descriptor = Descriptors.Duplicate((int)socket.Handle);
            Descriptors.SetNonBlocking(descriptor);
            if (socket.AddressFamily != AddressFamily.Unix)
            {
                SocketNumbers.SetTcpOptions(descriptor);
            }

            var (local, remote) = (socket.LocalEndPoint, socket.RemoteEndPoint);
            return Poll(new EpollWire(
                this, NextLoop(), descriptor, SocketAddresses.ToEndpoint(local), SocketAddresses.ToEndpoint(remote)));
        }
    }

    internal override WireListener AdoptListener(Socket socket)
    {
        socket.Blocking = false;
        return Listen(socket, GetLoops()[0], NextLoop, isShared: true);
    }

    internal override DatagramWire OpenDatagrams(IReadOnlyList<Socket> sockets, DatagramAddress? remote)
    {
        EpollDatagramWire wire;
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
            foreach (var socket in sockets)
            {
                socket.Blocking = false;
            }

            wire = new EpollDatagramWire(this, NextLoop(), sockets, remote);
        }
        catch
        {
            foreach (var socket in sockets)
            {
                socket.Dispose();
            }

            throw;
        }

        foreach (var ear in wire.Ears)
        {
            if (Register(ear) is not 0 and var errno)
            {
                wire.Close();
                throw Errno.ToException(errno);
            }
        }

        return wire;
    }

    private WireListenerGroup BindEveryLoop(EndPoint local, int backlog)
    {
        var bound = new List<WireListener>();
        try
        {
            foreach (var loop in GetLoops())
            {
                var socket = ListeningSocket.Open(local, backlog, PrepareToShare);
                local = socket.LocalEndPoint!;
                bound.Add(Listen(socket, loop, () => loop));
            }
        }
        catch
        {
            bound.ForEach(listener => listener.Close());
            throw;
        }

        return new WireListenerGroup(bound[0].Local, bound);
    }

    private EpollListener Listen(
        Socket socket,
        EventLoop loop,
        Func<EventLoop> loopForAccepted,
        bool isShared = false)
    {
        var listener = new EpollListener(this, loop, socket, loopForAccepted, isShared);
        if (Register(listener) is not 0 and var errno)
        {
            listener.Close();
            throw Errno.ToException(errno);
        }

        return listener;
    }

    private int Register(IPolled polled)
    {
        var result = polled.Loop.Register(polled);
        if (Volatile.Read(ref _isDisposed) != 0)
        {
            // Too late for the stop to see it in the table.
            polled.Abandon();
            throw new ObjectDisposedException(nameof(EpollEngine));
        }

        return result;
    }

    private unsafe EpollWire BeginConnect(EndPoint remote, out bool isConnecting)
    {
        var loop = NextLoop();
        var address = remote.Serialize();
        var isUnix = remote is UnixDomainSocketEndPoint;
        var family = isUnix ? Libc.AfUnix
            : remote.AddressFamily == AddressFamily.InterNetworkV6 ? Libc.AfInet6 : Libc.AfInet;
        var descriptor = Libc.Socket(family, Libc.SockStream | Libc.NonBlocking | Libc.CloseOnExec, protocol: 0);
        if (descriptor < 0)
        {
            throw Errno.ToException(Marshal.GetLastPInvokeError());
        }

        if (!isUnix)
        {
            SocketNumbers.SetTcpOptions(descriptor);
        }

        int result;
        fixed (byte* bytes = address.Buffer.Span)
        {
            result = Libc.Connect(descriptor, bytes, (uint)address.Size) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }

        if (result is not (0 or Errno.InProgress or Errno.Interrupted))
        {
            _ = Libc.Close(descriptor);
            throw Errno.ToException(result);
        }

        isConnecting = result != 0;
        var local = isUnix || isConnecting ? UnixEndpoint.Unnamed : LocalOf(descriptor);
        var wire = new EpollWire(this, loop, descriptor, local, SocketAddresses.ToEndpoint(remote));
        if (isConnecting)
        {
            wire.IsConnecting();
        }

        return Poll(wire);
    }

    private static Endpoint LocalOf(int descriptor)
    {
        try
        {
            return RawAddress.LocalOf(descriptor);
        }
        catch (SocketException)
        {
            _ = Libc.Close(descriptor);
            throw;
        }
    }

    private EventLoop NextLoop()
    {
        var loops = GetLoops();
        return loops.Length == 1 ? loops[0] : loops[(uint)Interlocked.Increment(ref _lastLoop) % (uint)loops.Length];
    }

    // Not a Lazy: that would keep what a shortage of descriptors threw, and the engine would never work again.
    private EventLoop[] GetLoops()
    {
        if (Volatile.Read(ref _loops) is { } started)
        {
            return started;
        }

        lock (_starting)
        {
            return _loops ??= StartLoops();
        }
    }

    private EventLoop[] StartLoops()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        var loops = new EventLoop[_options.Loops];
        for (var i = 0; i < loops.Length; i++)
        {
            loops[i] = new EventLoop(_polled, _watch, Crew, _options, Kernel.Faults) { HasEnded = NoteEnd };
        }

        _loopsRunning = loops.Length;
        _watch.Start(loops);
        foreach (var loop in loops)
        {
            Crew.TakeOver(loop, loop.Word);
        }

        return loops;
    }

    public override void Stop()
    {
        if (IsShared || Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        EventLoop[] loops;
        lock (_starting)
        {
            loops = _loops ?? [];
        }

        foreach (var polled in _polled.Snapshot())
        {
            polled.Abandon();
        }

        foreach (var loop in loops)
        {
            loop.Stop();
        }
    }

    private void NoteEnd()
    {
        if (Interlocked.Decrement(ref _loopsRunning) == 0)
        {
            _watch.Stop();
            Crew.Stop();
        }
    }

    private static void Prepare(Socket socket)
    {
        socket.Blocking = false;
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            // Linux hands a listener's options on to whatever it accepts.
            SocketNumbers.SetTcpOptions((int)socket.Handle);
        }
    }

    private static void PrepareToShare(Socket socket)
    {
        Prepare(socket);
        SocketNumbers.Set((int)socket.Handle, Libc.SolSocket, Libc.SoReusePort, 1);
    }
}
