namespace Switchboard.Serving;

/// <summary>Tells an observer, and keeps its mistakes from the server.</summary>
internal sealed class ObserverGuard(ServerObserver? observer)
{
    public void ConnectionOpened(Connection connection) => Tell(told => told.ConnectionOpened(connection));

    public void ConnectionEnded(Connection connection, ConnectionEnd end) =>
        Tell(told => told.ConnectionEnded(connection, end));

    public void ConnectionRefused(Endpoint remote) => Tell(told => told.ConnectionRefused(remote));

    public void HandlerFailed(Connection connection, Exception error) =>
        Tell(told => told.HandlerFailed(connection, error));

    public void AcceptPaused(string reason) => Tell(told => told.AcceptPaused(reason));

    private void Tell(Action<ServerObserver> what)
    {
        if (observer is null)
        {
            return;
        }

        try
        {
            what(observer);
        }
#pragma warning disable CA1031 // Whoever only watches must not be able to break what is watched.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
