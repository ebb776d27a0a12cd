using System.Collections.Concurrent;

namespace Switchboard.Tests.Serving;

/// <summary>Keeps what a server told, and may throw at every call.</summary>
internal sealed class RecordingObserver(Exception? thrown = null) : ServerObserver
{
    public ConcurrentQueue<Connection> Opened { get; } = [];

    public ConcurrentQueue<ConnectionEnd> Ended { get; } = [];

    public ConcurrentQueue<Endpoint> Refused { get; } = [];

    public ConcurrentQueue<Exception> Failed { get; } = [];

    public ConcurrentQueue<Connection> Stalled { get; } = [];

    public ConcurrentQueue<string> Paused { get; } = [];

    public override void ConnectionOpened(Connection connection) => Keep(Opened, connection);

    public override void ConnectionEnded(Connection connection, ConnectionEnd end) => Keep(Ended, end);

    public override void ConnectionRefused(Endpoint remote) => Keep(Refused, remote);

    public override void HandlerFailed(Connection connection, Exception error) => Keep(Failed, error);

    public override void HandlerStalled(Connection connection) => Keep(Stalled, connection);

    public override void AcceptPaused(string reason) => Keep(Paused, reason);

    private void Keep<T>(ConcurrentQueue<T> kept, T told)
    {
        kept.Enqueue(told);
        if (thrown is not null)
        {
            throw thrown;
        }
    }
}
