using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>A connection of this process.</summary>
/// <param name="connection">Told of by the library.</param>
/// <param name="openedAt">When it was.</param>
internal sealed class OwnConnection(Connection connection, DateTimeOffset openedAt)
{
    public Connection Connection => connection;

    public DateTimeOffset OpenedAt => openedAt;

    /// <summary>Who accepted it; null for one that this process has begun, or if nobody knows yet.</summary>
    public Listener? Listener { get; set; }

    /// <summary>As which row it is shown; null until the next look.</summary>
    public WatchedSocket? Shown { get; set; }

    /// <summary>
    /// What tells a TCP connection from every other one: the peer, and the port here. The address here is left out, as
    /// one that was accepted at any address may not know it. Null for every other kind.
    /// </summary>
    public (int LocalPort, KernelAddress Remote)? Ends { get; } =
        connection is { Local: HostEndpoint local, Remote: HostEndpoint { Address: { } address } remote }
            ? (local.Port, KernelAddress.Of(address, remote.Port).Plain)
            : null;

    /// <summary>The same of a socket that the kernel tells of.</summary>
    public static (int LocalPort, KernelAddress Remote) EndsOf(in SocketRow row) => (row.Local.Port, row.Remote.Plain);
}
