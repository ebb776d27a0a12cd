using Switchboard.Serving;

namespace Switchboard;

/// <summary>
/// Is told of every connection, listener and server of this process that begins after <see cref="Start"/>: override
/// what you want to know. While nobody observes, that costs nothing. Calls come from many threads at once, and whoever
/// is concerned waits for them: return soon. An exception thrown here is dropped.
/// </summary>
public abstract class ProcessObserver
{
    /// <summary>Begins to tell.</summary>
    /// <returns>Disposing it ends the telling; calls under way may still come.</returns>
    public IDisposable Start() => ProcessWatch.Add(this);

    /// <summary>A connection was made, whichever end began it.</summary>
    public virtual void ConnectionOpened(Connection connection)
    {
    }

    /// <summary>Told behind <see cref="ConnectionOpened"/> of one that a listener has accepted.</summary>
    public virtual void ConnectionAccepted(Listener listener, Connection connection)
    {
    }

    /// <summary>A connection is closed, in order or not.</summary>
    /// <param name="connection">Closed, but its addresses and its numbers can still be read.</param>
    /// <param name="end">How it ended.</param>
    public virtual void ConnectionEnded(Connection connection, ConnectionEnd end)
    {
    }

    /// <summary>Peers can connect.</summary>
    public virtual void ListenerOpened(Listener listener)
    {
    }

    /// <summary>A listener accepts nobody any more.</summary>
    public virtual void ListenerClosed(Listener listener)
    {
    }

    /// <summary>A server serves those whom a listener accepts.</summary>
    public virtual void ServerStarted(Server server, Listener listener)
    {
    }
}
