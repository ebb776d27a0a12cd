namespace Switchboard.AspNetCore.Hosting;

/// <summary>Logs what happens in a server, and passes it on.</summary>
/// <param name="log">Where to.</param>
/// <param name="next">Whoever wanted to know besides; nobody if null.</param>
internal sealed class LoggingObserver(ServerLog log, ServerObserver? next) : ServerObserver
{
    public override void ConnectionOpened(Connection connection)
    {
        log.Opened(connection);
        next?.ConnectionOpened(connection);
    }

    public override void ConnectionEnded(Connection connection, ConnectionEnd end)
    {
        log.Ended(connection, end);
        next?.ConnectionEnded(connection, end);
    }

    public override void ConnectionRefused(Endpoint remote)
    {
        log.Refused(remote);
        next?.ConnectionRefused(remote);
    }

    public override void HandshakeFailed(ConnectionException error)
    {
        log.HandshakeFailed(error);
        next?.HandshakeFailed(error);
    }

    public override void HandlerFailed(Connection connection, Exception error)
    {
        log.HandlerFailed(connection, error);
        next?.HandlerFailed(connection, error);
    }

    public override void HandlerStalled(Connection connection)
    {
        log.HandlerStalled(connection);
        next?.HandlerStalled(connection);
    }

    public override void AcceptPaused(string reason)
    {
        log.AcceptPaused(reason);
        next?.AcceptPaused(reason);
    }
}
