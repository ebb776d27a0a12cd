namespace Switchboard;

/// <summary>
/// Is told what happens in a server: override what you want to know. Calls come from many threads at once, and the
/// connection concerned waits for them: return soon. An exception thrown here is dropped.
/// </summary>
public abstract class ServerObserver
{
    /// <summary>A connection was accepted; its handler starts next.</summary>
    public virtual void ConnectionOpened(Connection connection)
    {
    }

    /// <summary>A connection is closed, in order or not.</summary>
    /// <param name="connection">Closed, but its addresses and its id can still be read.</param>
    /// <param name="end">How it ended.</param>
    public virtual void ConnectionEnded(Connection connection, ConnectionEnd end)
    {
    }

    /// <summary>
    /// A peer has <see cref="ServerLimits.MaxConnectionsPerAddress"/> connections, and its next was reset.
    /// </summary>
    public virtual void ConnectionRefused(Endpoint remote)
    {
    }

    /// <summary>
    /// A client failed its TLS handshake and never became a connection; the exception says why. See
    /// <see cref="TlsListenOptions.HandshakeFailed"/>.
    /// </summary>
    public virtual void HandshakeFailed(ConnectionException error)
    {
    }

    /// <summary>
    /// A handler threw an exception that no peer caused. Its connection is reset; the server goes on.
    /// </summary>
    public virtual void HandlerFailed(Connection connection, Exception error)
    {
    }

    /// <summary>
    /// A handler has kept an event loop from other connections, by blocking or computing for milliseconds. They have
    /// been moved to another thread by now, and this handler runs on threads of its own until it is quick again. Told
    /// once for a connection, and only by engines that have loops.
    /// </summary>
    public virtual void HandlerStalled(Connection connection)
    {
    }

    /// <summary>
    /// The server accepts nobody for now; peers wait in the backlog. Told at most every 10 seconds, however often
    /// accepting pauses.
    /// </summary>
    /// <param name="reason">In a few words.</param>
    public virtual void AcceptPaused(string reason)
    {
    }
}
