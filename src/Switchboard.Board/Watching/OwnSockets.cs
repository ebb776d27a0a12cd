using System.Collections.Concurrent;

namespace Switchboard.Board.Watching;

/// <summary>
/// The connections, listeners and servers of this process, as the library tells of them. What is told is only kept
/// here; looking at it is left to whoever watches, so that the servers do not wait for that.
/// </summary>
internal sealed class OwnSockets(TimeProvider time) : ProcessObserver
{
    // Of more that end between two looks, or while nobody watches, the first are forgotten.
    private const int MostEnded = 1000;

    private readonly ConcurrentDictionary<long, OwnConnection> _open = [];
    private readonly ConcurrentDictionary<Listener, Server?> _listeners = [];
    private readonly ConcurrentQueue<(OwnConnection Connection, ConnectionEnd End, DateTimeOffset At)> _ended = [];

    /// <summary>Open connections.</summary>
    public IEnumerable<OwnConnection> Connections => _open.Values;

    public int Count => _open.Count;

    /// <summary>Listeners, and the servers behind those that have one.</summary>
    public IEnumerable<KeyValuePair<Listener, Server?>> Listeners => _listeners;

    /// <summary>The server that serves whom a listener accepts; null for none.</summary>
    public Server? ServerOf(Listener? listener) => listener is null ? null : _listeners.GetValueOrDefault(listener);

    /// <summary>Takes out what has ended since the last call.</summary>
    public IEnumerable<(OwnConnection Connection, ConnectionEnd End, DateTimeOffset At)> TakeEnded()
    {
        while (_ended.TryDequeue(out var ended))
        {
            yield return ended;
        }
    }

    public override void ConnectionOpened(Connection connection)
    {
        _open[connection.Id] = new OwnConnection(connection, time.GetUtcNow());
    }

    public override void ConnectionAccepted(Listener listener, Connection connection)
    {
        if (_open.TryGetValue(connection.Id, out var own))
        {
            own.Listener = listener;
        }
    }

    public override void ConnectionEnded(Connection connection, ConnectionEnd end)
    {
        if (_open.TryRemove(connection.Id, out var own))
        {
            _ended.Enqueue((own, end, time.GetUtcNow()));
            if (_ended.Count > MostEnded)
            {
                _ended.TryDequeue(out _);
            }
        }
    }

    public override void ListenerOpened(Listener listener) => _listeners[listener] = null;

    public override void ListenerClosed(Listener listener) => _listeners.TryRemove(listener, out _);

    public override void ServerStarted(Server server, Listener listener) => _listeners[listener] = server;
}
