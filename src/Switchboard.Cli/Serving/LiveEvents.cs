using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>Writes what happens in one server to the log.</summary>
internal sealed class LiveEvents(string service, EventLog log) : ServerObserver
{
    public override void ConnectionOpened(Connection connection) =>
        log.Write(new OpenedEvent(service, connection.Id, connection.Remote, connection.Tls));

    public override void ConnectionEnded(Connection connection, ConnectionEnd end) =>
        log.Write(new EndedEvent(service, connection.Id, connection.Remote, end));

    public override void ConnectionRefused(Endpoint remote) => log.Write(new RefusedEvent(service, remote));

    public override void HandlerFailed(Connection connection, Exception error) =>
        log.Write(new HandlerFailedEvent(service, connection.Id, connection.Remote, error.Message));

    public override void HandlerStalled(Connection connection) =>
        log.Write(new HandlerStalledEvent(service, connection.Id, connection.Remote));

    public override void AcceptPaused(string reason) => log.Write(new AcceptPausedEvent(service, reason));
}
