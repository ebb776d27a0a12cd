using System.Net;
using System.Net.Sockets;
using Switchboard.Datagrams;
using Switchboard.Engines;
using Switchboard.Engines.Epoll;
using Switchboard.Engines.Sockets;

namespace Switchboard;

/// <summary>How the operating system is asked for connections. Every engine keeps the same promises.</summary>
public abstract class Engine
{
    private protected Engine()
    {
    }

    /// <summary>
    /// The best engine of this platform: <see cref="Epoll"/> on Linux, otherwise <see cref="Sockets"/>. The environment
    /// variable <c>SWITCHBOARD_ENGINE</c>, <c>epoll</c> or <c>sockets</c>, decides otherwise. Where epoll cannot be
    /// had it is <see cref="Sockets"/>, and <see cref="Fallback"/> says why.
    /// </summary>
    /// <exception cref="InvalidOperationException">The environment variable names no engine.</exception>
    public static Engine Default => EngineChoice.OfProcess.Engine;

    /// <summary>Why <see cref="Default"/> is not the engine that was wanted; null when it is.</summary>
    /// <exception cref="InvalidOperationException">The environment variable names no engine.</exception>
    public static string? Fallback => EngineChoice.OfProcess.Fallback;

    /// <summary>The framework's own sockets: works everywhere.</summary>
    public static Engine Sockets { get; } = new SocketsEngine();

    /// <summary>
    /// Event loops over Linux's epoll, one for each processor. Handlers run on the loop that received for them, which
    /// saves a thread's hop for each message; one that blocks is moved to a thread of its own, and holds nobody up.
    /// One connection's code runs in order; that of others may run beside it, and each on any thread.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">This system has no epoll, or does not allow it.</exception>
    public static Engine Epoll => EngineChoice.Epoll;

    /// <summary>One lower-case word, as the command and the environment spell it.</summary>
    public abstract string Name { get; }

    /// <summary>An engine of one's own, with loops and threads that no other shares.</summary>
    /// <param name="options">How it works.</param>
    /// <returns>The engine; <see cref="Stop"/> ends it.</returns>
    /// <exception cref="PlatformNotSupportedException">This system has no epoll, or does not allow it.</exception>
    public static Engine CreateEpoll(EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return EpollEngine.IsSupported(out var problem)
            ? new EpollEngine(options)
            : throw new PlatformNotSupportedException($"There is no epoll engine here: {problem}.");
    }

    /// <summary>What the engine has done so far.</summary>
    public virtual EngineStatistics GetStatistics() => new(0, 0, 0, 0, 0);

    /// <summary>
    /// Ends an engine made with <see cref="CreateEpoll"/>: its connections are reset, its listeners closed, and nothing
    /// new can be made with it. <see cref="Epoll"/> and <see cref="Sockets"/> live as long as the process.
    /// </summary>
    public virtual void Stop()
    {
    }

    /// <summary>Connects to one address.</summary>
    /// <exception cref="ConnectionException">It did not work; nothing is left behind.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is left behind.</exception>
    internal abstract ValueTask<Wire> ConnectAsync(EndPoint remote, CancellationToken cancellationToken);

    /// <summary>Listens at one address.</summary>
    /// <exception cref="BindException">The address cannot be had; nothing is left behind.</exception>
    internal abstract WireListener Bind(EndPoint local, int backlog);

    /// <summary>Takes over a socket that is connected already.</summary>
    /// <param name="socket">The engine's from now on, whatever happens.</param>
    /// <exception cref="SocketException">The peer is gone, or the system refuses.</exception>
    internal abstract Wire Adopt(Socket socket);

    /// <summary>
    /// Takes over a socket that listens already. Others may listen at it too: closing ours does not concern them.
    /// </summary>
    /// <param name="socket">The engine's from now on, whatever happens.</param>
    /// <exception cref="SocketException">The system refuses.</exception>
    internal abstract WireListener AdoptListener(Socket socket);

    /// <summary>Sends and receives datagrams with sockets that are bound, or one that is connected.</summary>
    /// <param name="sockets">Owned from now on, even if it fails.</param>
    /// <param name="remote">The peer of the connected one; null for bound ones.</param>
    /// <exception cref="SocketException">The kernel refuses.</exception>
    internal virtual DatagramWire OpenDatagrams(IReadOnlyList<Socket> sockets, DatagramAddress? remote) =>
        new SocketDatagramWire(sockets, remote);
}
