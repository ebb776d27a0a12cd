using Switchboard.Connections;

namespace Switchboard;

public sealed partial class Connection
{
    // Replaced as a whole; null while nobody observes, so that a receive or a send asks no more than that.
    private TrafficObserver[]? _traffic;

    /// <summary>Who is told of all connections; null for nobody.</summary>
    internal static IConnectionWatch? Watch { get; set; }

    private bool IsObserved => _traffic is not null;

    /// <summary>
    /// Tells an observer what is received and sent from now on, the end of a receive that waits already included. Bytes
    /// that a relay would pass on within the kernel are copied meanwhile.
    /// </summary>
    /// <param name="observer">Told until the connection ends, or what is returned is disposed.</param>
    /// <returns>Disposing it ends the telling; a call under way may still come.</returns>
    public IDisposable Observe(TrafficObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Exchange(told => [.. told, observer]);
        return new Observation(this, observer);
    }

    private void Exchange(Func<TrafficObserver[], TrafficObserver[]> change)
    {
        TrafficObserver[]? old;
        TrafficObserver[] changed;
        do
        {
            old = Volatile.Read(ref _traffic);
            changed = change(old ?? []);
        }
        while (Interlocked.CompareExchange(ref _traffic, changed.Length == 0 ? null : changed, old) != old);
    }

    private void TellReceiveStarted(int maxBytes) =>
        Tell(static (told, connection, maxBytes) => told.ReceiveStarted(connection, maxBytes), maxBytes);

    private void TellReceived(ReadOnlyMemory<byte> bytes) =>
        Tell(static (told, connection, bytes) => told.Received(connection, bytes.Span), bytes);

    private void TellPeerFinished() => Tell(static (told, connection, _) => told.PeerFinished(connection), 0);

    private void TellSendStarted(int bytes) =>
        Tell(static (told, connection, bytes) => told.SendStarted(connection, bytes), bytes);

    private void TellSent(ReadOnlyMemory<byte> bytes) =>
        Tell(static (told, connection, bytes) => told.Sent(connection, bytes.Span), bytes);

    private void TellSendingCompleted() => Tell(static (told, connection, _) => told.SendingCompleted(connection), 0);

    private void TellEnded(ConnectionEnd end) =>
        Tell(static (told, connection, end) => told.Ended(connection, end), end);

    private void Tell<T>(Action<TrafficObserver, Connection, T> what, T about)
    {
        foreach (var observer in Volatile.Read(ref _traffic) ?? [])
        {
            try
            {
                what(observer, this, about);
            }
#pragma warning disable CA1031 // Whoever only watches must not be able to break what is watched.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    private sealed class Observation(Connection connection, TrafficObserver observer) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                connection.Exchange(told =>
                {
                    var place = Array.IndexOf(told, observer);
                    return place < 0 ? told : [.. told[..place], .. told[(place + 1)..]];
                });
            }
        }
    }
}
