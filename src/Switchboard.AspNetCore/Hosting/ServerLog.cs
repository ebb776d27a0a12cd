using Microsoft.Extensions.Logging;

namespace Switchboard.AspNetCore.Hosting;

/// <summary>What a hosted server tells: connections at debug, what somebody should look at above that.</summary>
/// <param name="name">The server's; its category is <c>Switchboard.Server.</c> and the name.</param>
/// <param name="loggers">Where loggers come from.</param>
internal sealed class ServerLog(string name, ILoggerFactory loggers)
{
    private static readonly Action<ILogger, Endpoint, Exception?> OnListens = LoggerMessage.Define<Endpoint>(
        LogLevel.Information, new EventId(1, nameof(Listens)), "Now listening at {Endpoint}");

    private static readonly Action<ILogger, Endpoint, int, int, double, Exception?> OnStopped =
        LoggerMessage.Define<Endpoint, int, int, double>(
            LogLevel.Information, new EventId(2, nameof(Stopped)),
            "Stopped listening at {Endpoint}: {Finished} connections finished, {Aborted} were aborted, in {Seconds} s");

    private static readonly Action<ILogger, long, Endpoint, Exception?> OnOpened = LoggerMessage.Define<long, Endpoint>(
        LogLevel.Debug, new EventId(3, nameof(Opened)), "Connection {Id} from {Remote}");

    private static readonly Action<ILogger, long, Endpoint, EndReason, long, long, Exception?> OnEnded =
        LoggerMessage.Define<long, Endpoint, EndReason, long, long>(
            LogLevel.Debug, new EventId(4, nameof(Ended)),
            "Connection {Id} from {Remote} ended: {Reason}, {Received} bytes received, {Sent} sent");

    private static readonly Action<ILogger, Endpoint, Exception?> OnRefused = LoggerMessage.Define<Endpoint>(
        LogLevel.Warning, new EventId(5, nameof(Refused)),
        "{Remote} was refused: its address has too many connections");

    private static readonly Action<ILogger, string, Exception?> OnHandshakeFailed = LoggerMessage.Define<string>(
        LogLevel.Debug, new EventId(6, nameof(HandshakeFailed)), "A TLS handshake failed: {Reason}");

    private static readonly Action<ILogger, long, Endpoint, Exception?> OnHandlerFailed =
        LoggerMessage.Define<long, Endpoint>(
            LogLevel.Error, new EventId(7, nameof(HandlerFailed)),
            "The handler of connection {Id} from {Remote} failed");

    private static readonly Action<ILogger, long, Endpoint, Exception?> OnHandlerStalled =
        LoggerMessage.Define<long, Endpoint>(
            LogLevel.Warning, new EventId(8, nameof(HandlerStalled)),
            "The handler of connection {Id} from {Remote} blocks or computes for long; it has a thread of its own now");

    private static readonly Action<ILogger, string, Exception?> OnAcceptPaused = LoggerMessage.Define<string>(
        LogLevel.Warning, new EventId(9, nameof(AcceptPaused)), "Accepts nobody for now: {Reason}");

    private static readonly Action<ILogger, Endpoint, Exception?> OnListenerBroke = LoggerMessage.Define<Endpoint>(
        LogLevel.Critical, new EventId(10, nameof(ListenerBroke)), "The listener at {Endpoint} broke; the host stops");

    private readonly ILogger _log = loggers.CreateLogger($"Switchboard.Server.{name}");

    public void Listens(Endpoint local) => OnListens(_log, local, null);

    public void Stopped(Endpoint local, DrainResult drained) =>
        OnStopped(_log, local, drained.Finished, drained.Aborted, Math.Round(drained.Elapsed.TotalSeconds, 1), null);

    public void Opened(Connection connection) => OnOpened(_log, connection.Id, connection.Remote, null);

    public void Ended(Connection connection, ConnectionEnd end) =>
        OnEnded(_log, connection.Id, connection.Remote, end.Reason, end.BytesReceived, end.BytesSent, null);

    public void Refused(Endpoint remote) => OnRefused(_log, remote, null);

    public void HandshakeFailed(ConnectionException error) => OnHandshakeFailed(_log, error.Message, null);

    public void HandlerFailed(Connection connection, Exception error) =>
        OnHandlerFailed(_log, connection.Id, connection.Remote, error);

    public void HandlerStalled(Connection connection) =>
        OnHandlerStalled(_log, connection.Id, connection.Remote, null);

    public void AcceptPaused(string reason) => OnAcceptPaused(_log, reason, null);

    public void ListenerBroke(Endpoint local, Exception error) => OnListenerBroke(_log, local, error);
}
