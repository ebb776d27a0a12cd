using Switchboard.Connections;
using Switchboard.Serving;

namespace Switchboard;

public sealed partial class Server
{
    private static readonly TimeSpan NewcomerGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NewcomerLook = TimeSpan.FromMilliseconds(10);

    private readonly Lock _stopLock = new();
    private Task<DrainResult>? _stopped;

    /// <summary>
    /// Stops: accepts nobody any more, tells the handlers, waits for them, resets the connections that are left, and
    /// reports both counts. A second call waits for the first one's result; a handler that awaits it waits for
    /// itself.
    /// </summary>
    /// <param name="drain">How long handlers may take; null for <see cref="ServerOptions.DrainTimeout"/>.</param>
    /// <param name="cancellationToken">
    /// Ends the waiting for handlers, not the stop: what is left is reset at once.
    /// </param>
    public Task<DrainResult> StopAsync(TimeSpan? drain = null, CancellationToken cancellationToken = default)
    {
        var patience = drain ?? _options.DrainTimeout;
        ThrowIfNoTimeout(patience, nameof(drain));
        lock (_stopLock)
        {
            return _stopped ??= DrainAsync(patience, cancellationToken);
        }
    }

    /// <summary>Stops as <see cref="StopAsync"/> does by default.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task<DrainResult> DrainAsync(TimeSpan drain, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var endedBefore = _connections.TakeStock().Ended;
        await StopAcceptingAsync().ConfigureAwait(false);
        if (_listener.IsShared)
        {
            await WaitForNewcomersAsync(cancellationToken).ConfigureAwait(false);
        }

        TellHandlers();
        await WaitForHandlersAsync(drain, cancellationToken).ConfigureAwait(false);
        var (rest, ended) = _connections.TakeStock();
        Abort(rest);
        await _watch.DisposeAsync().ConfigureAwait(false);
        return new DrainResult(ended - endedBefore, rest.Length, _time.GetElapsedTime(started));
    }

    private async ValueTask StopAcceptingAsync()
    {
        _toldToStop = true;
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _acceptStop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Had it not been accepted here the next process would have: nobody is to lose a word by that.
    private async ValueTask WaitForNewcomersAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < NewcomerGrace && !cancellationToken.IsCancellationRequested;
            waited += NewcomerLook)
        {
            if (!Array.Exists(_connections.Snapshot(), one => IsNewcomer(one.Connection.GetStatistics())))
            {
                return;
            }

            await Task.Delay(NewcomerLook, _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsNewcomer(ConnectionStatistics connection) =>
        connection.BytesReceived == 0 && connection.Age < NewcomerGrace;

    // Not waited for: what a handler has registered runs here, and may fail or block as a handler may.
    private void TellHandlers()
    {
        _stopping.CancelAsync().MayBeGivenUp();
        foreach (var clock in _connections.Snapshot())
        {
            clock.Connection.NoteCancellation();
        }
    }

    private async ValueTask WaitForHandlersAsync(TimeSpan drain, CancellationToken cancellationToken)
    {
        try
        {
            await _connections.WhenEmpty().WaitAsync(drain, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // The count of those that are aborted tells.
        }
    }

    private static void Abort(StallClock[] rest)
    {
        foreach (var clock in rest)
        {
            clock.Connection.Abort(EndReason.Stopped, error: null);
        }
    }
}
