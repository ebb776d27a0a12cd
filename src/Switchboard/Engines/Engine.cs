using System.Net;
using Switchboard.Engines.Sockets;

namespace Switchboard;

/// <summary>How the operating system is asked for connections. Every engine keeps the same promises.</summary>
public abstract class Engine
{
    private protected Engine()
    {
    }

    /// <summary>The best engine of this platform.</summary>
    public static Engine Default => Sockets;

    /// <summary>The framework's own sockets: works everywhere.</summary>
    public static Engine Sockets { get; } = new SocketsEngine();

    /// <summary>One lower-case word, as the command and the environment spell it.</summary>
    public abstract string Name { get; }

    /// <summary>Connects to one address.</summary>
    /// <exception cref="ConnectionException">It did not work; nothing is left behind.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is left behind.</exception>
    internal abstract ValueTask<Wire> ConnectAsync(EndPoint remote, CancellationToken cancellationToken);

    /// <summary>Listens at one address.</summary>
    /// <exception cref="BindException">The address cannot be had; nothing is left behind.</exception>
    internal abstract WireListener Bind(EndPoint local, int backlog);
}
