using Microsoft.Extensions.Logging;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>What Kestrel's own transport would log, at the same levels.</summary>
internal sealed class KestrelLog(ILoggerFactory loggers)
{
    public const string Category = "Switchboard.AspNetCore.Kestrel";

    private static readonly Action<ILogger, string, Exception?> OnPeerFinished = LoggerMessage.Define<string>(
        LogLevel.Debug, new EventId(1, "PeerFinished"), "Connection id \"{ConnectionId}\" received FIN.");

    private static readonly Action<ILogger, string, Exception?> OnReset = LoggerMessage.Define<string>(
        LogLevel.Debug, new EventId(2, "Reset"), "Connection id \"{ConnectionId}\" reset.");

    private static readonly Action<ILogger, string, string, Exception?> OnAborts = LoggerMessage.Define<string, string>(
        LogLevel.Debug, new EventId(3, "Aborts"), "Connection id \"{ConnectionId}\" sending RST because: \"{Reason}\"");

    private static readonly Action<ILogger, string, Exception?> OnFailed = LoggerMessage.Define<string>(
        LogLevel.Debug, new EventId(4, "Failed"), "Connection id \"{ConnectionId}\" communication error.");

    private static readonly Action<ILogger, string, Exception?> OnPaused = LoggerMessage.Define<string>(
        LogLevel.Debug, new EventId(5, "Paused"), "Connection id \"{ConnectionId}\" paused.");

    private static readonly Action<ILogger, string, Exception?> OnResumed = LoggerMessage.Define<string>(
        LogLevel.Debug, new EventId(6, "Resumed"), "Connection id \"{ConnectionId}\" resumed.");

    private static readonly Action<ILogger, string, Exception?> OnCallbackFailed = LoggerMessage.Define<string>(
        LogLevel.Error, new EventId(7, "CallbackFailed"),
        "Connection id \"{ConnectionId}\": what was registered with ConnectionClosed failed.");

    private static readonly Action<ILogger, string, double, string, Exception?> OnAcceptPaused =
        LoggerMessage.Define<string, double, string>(
            LogLevel.Warning, new EventId(8, "AcceptPaused"),
            "{EndPoint} accepts nobody for {Milliseconds} ms: {Reason}");

    private static readonly Action<ILogger, string, Exception?> OnNoDescriptors = LoggerMessage.Define<string>(
        LogLevel.Warning, new EventId(9, "NoDescriptors"),
        "{EndPoint} accepts nobody for now: few descriptors are left (see ulimit -n).");

    private readonly ILogger _log = loggers.CreateLogger(Category);

    public void PeerFinished(string id) => OnPeerFinished(_log, id, null);

    public void WasReset(string id) => OnReset(_log, id, null);

    public void Aborts(string id, Exception reason) => OnAborts(_log, id, reason.Message, null);

    public void Failed(string id, Exception error) => OnFailed(_log, id, error);

    public void SendFailed(string id, Exception error)
    {
        if (error is ConnectionResetException)
        {
            WasReset(id);
        }
        else if (error is not ObjectDisposedException)
        {
            Failed(id, error);
        }
    }

    public void Paused(string id) => OnPaused(_log, id, null);

    public void Resumed(string id) => OnResumed(_log, id, null);

    public void CallbackFailed(string id, Exception error) => OnCallbackFailed(_log, id, error);

    public void AcceptPaused(Endpoint local, AcceptException error, TimeSpan pause) =>
        OnAcceptPaused(_log, local.ToString(), pause.TotalMilliseconds, error.Message, null);

    public void NoDescriptors(Endpoint local) => OnNoDescriptors(_log, local.ToString(), null);
}
