using Switchboard.Connections;
using Switchboard.Transports;

namespace Switchboard.Serving;

/// <summary>Tells those who observe this process, and keeps their mistakes from it.</summary>
internal sealed class ProcessWatch : IConnectionWatch, IListenerWatch
{
    private static readonly Lock Changing = new();
    private static ProcessWatch? _current;

    private readonly ProcessObserver[] _observers;

    private ProcessWatch(ProcessObserver[] observers) => _observers = observers;

    /// <summary>Begins to tell one observer more.</summary>
    public static IDisposable Add(ProcessObserver observer)
    {
        lock (Changing)
        {
            Replace([.. _current?._observers ?? [], observer]);
        }

        return new Observation(observer);
    }

    /// <summary>Told by servers themselves; by everything else through what it is given here.</summary>
    public static void ServerStarted(Server server, Listener listener) => Volatile.Read(ref _current)?.Tell(
        static (told, started) => told.ServerStarted(started.server, started.listener), (server, listener));

    void IConnectionWatch.Opened(Connection connection) =>
        Tell(static (told, connection) => told.ConnectionOpened(connection), connection);

    void IConnectionWatch.Ended(Connection connection, ConnectionEnd end) =>
        Tell(static (told, ended) => told.ConnectionEnded(ended.connection, ended.end), (connection, end));

    void IListenerWatch.Opened(Listener listener) =>
        Tell(static (told, listener) => told.ListenerOpened(listener), listener);

    void IListenerWatch.Accepted(Listener listener, Connection connection) => Tell(
        static (told, accepted) => told.ConnectionAccepted(accepted.listener, accepted.connection),
        (listener, connection));

    void IListenerWatch.Closed(Listener listener) =>
        Tell(static (told, listener) => told.ListenerClosed(listener), listener);

    private static void Remove(ProcessObserver observer)
    {
        lock (Changing)
        {
            var observers = _current?._observers ?? [];
            var place = Array.IndexOf(observers, observer);
            Replace(place < 0 ? observers : [.. observers[..place], .. observers[(place + 1)..]]);
        }
    }

    private static void Replace(ProcessObserver[] observers)
    {
        var watch = observers.Length == 0 ? null : new ProcessWatch(observers);
        Volatile.Write(ref _current, watch);
        Connection.Watch = watch;
        Listener.Watch = watch;
    }

    private void Tell<T>(Action<ProcessObserver, T> what, T about)
    {
        foreach (var observer in _observers)
        {
            try
            {
                what(observer, about);
            }
#pragma warning disable CA1031 // Whoever only watches must not be able to break what is watched.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    private sealed class Observation(ProcessObserver observer) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                Remove(observer);
            }
        }
    }
}
