namespace Switchboard.Serving;

/// <summary>Tells an observer, not too often, and keeps its mistakes from the server.</summary>
internal sealed class ObserverGuard(ServerObserver? observer, TimeProvider time)
{
    // At a limit accepting pauses anew for every peer that comes.
    private static readonly TimeSpan PauseSilence = TimeSpan.FromSeconds(10);

    private long? _pauseTold;

    public void ConnectionOpened(Connection connection) => Tell(told => told.ConnectionOpened(connection));

    public void ConnectionEnded(Connection connection, ConnectionEnd end) =>
        Tell(told => told.ConnectionEnded(connection, end));

    public void ConnectionRefused(Endpoint remote) => Tell(told => told.ConnectionRefused(remote));

    public void HandlerFailed(Connection connection, Exception error) =>
        Tell(told => told.HandlerFailed(connection, error));

    public void HandlerStalled(Connection connection) => Tell(told => told.HandlerStalled(connection));

    /// <summary>
    /// Tells that accepting pauses, unless that was told a moment ago. Called by the accept loop only.
    /// </summary>
    public void AcceptPaused(string reason)
    {
        if (_pauseTold is null || time.GetElapsedTime(_pauseTold.Value) >= PauseSilence)
        {
            _pauseTold = time.GetTimestamp();
            Tell(told => told.AcceptPaused(reason));
        }
    }

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
