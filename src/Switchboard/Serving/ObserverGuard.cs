namespace Switchboard.Serving;

/// <summary>Tells an observer, not too often, and keeps its mistakes from the server.</summary>
internal sealed class ObserverGuard(ServerObserver? observer, TimeProvider time)
{
    // At a limit accepting pauses anew for every peer that comes.
    private static readonly TimeSpan PauseSilence = TimeSpan.FromSeconds(10);

    private long? _pauseTold;

    public void ConnectionOpened(Connection connection) =>
        Tell(static (told, connection) => told.ConnectionOpened(connection), connection);

    public void ConnectionEnded(Connection connection, ConnectionEnd end) =>
        Tell(static (told, ended) => told.ConnectionEnded(ended.connection, ended.end), (connection, end));

    public void ConnectionRefused(Endpoint remote) =>
        Tell(static (told, remote) => told.ConnectionRefused(remote), remote);

    public void HandshakeFailed(ConnectionException error) =>
        Tell(static (told, error) => told.HandshakeFailed(error), error);

    public void HandlerFailed(Connection connection, Exception error) =>
        Tell(static (told, failed) => told.HandlerFailed(failed.connection, failed.error), (connection, error));

    public void HandlerStalled(Connection connection) =>
        Tell(static (told, connection) => told.HandlerStalled(connection), connection);

    /// <summary>
    /// Tells that accepting pauses, unless that was told a moment ago. Called by the accept loop only.
    /// </summary>
    public void AcceptPaused(string reason)
    {
        if (_pauseTold is null || time.GetElapsedTime(_pauseTold.Value) >= PauseSilence)
        {
            _pauseTold = time.GetTimestamp();
            Tell(static (told, reason) => told.AcceptPaused(reason), reason);
        }
    }

    private void Tell<T>(Action<ServerObserver, T> what, T about)
    {
        if (observer is null)
        {
            return;
        }

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
