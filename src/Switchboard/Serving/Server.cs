using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Switchboard.Observing;
using Switchboard.Serving;

namespace Switchboard;

/// <summary>
/// Accepts connections at an endpoint and runs a handler for each, within limits. A handler that fails ends its own
/// connection and no other; running out of descriptors pauses accepting and ends nothing.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "A handler that outlives the server still gives its room back.")]
public sealed partial class Server : IAsyncDisposable
{
    // The longest that a timer takes, some 49 days.
    private static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Listener _listener;
    private readonly ConnectionHandler _handler;
    private readonly ServerOptions _options;
    private readonly ObserverGuard _observer;
    private readonly TimeProvider _time;
    private readonly OpenConnections _connections;
    private readonly PeerWatch _watch;
    private readonly SemaphoreSlim _slots;
    private readonly bool _usesDescriptors;
    private readonly CancellationTokenSource _acceptStop = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private readonly Action<Connection> _tellStall;
    private volatile bool _toldToStop;
    private long _accepted;
    private long _refused;
    private long _handlersFailed;

    private Server(Listener listener, ConnectionHandler handler, ServerOptions options, ObserverGuard observer)
    {
        _listener = listener;
        _handler = handler;
        _options = options;
        _observer = observer;
        _time = options.Listen.Connection.TimeProvider;
        _connections = new OpenConnections(options.Limits.MaxConnectionsPerAddress);
        _watch = new PeerWatch(_connections, options.Limits, _time);
        _slots = new SemaphoreSlim(options.Limits.MaxConnections);
        _usesDescriptors = listener.Local is not MemoryEndpoint;
        _tellStall = _observer.HandlerStalled;
        _accepting = AcceptAllAsync();
        ProcessWatch.ServerStarted(this, listener);
    }

    /// <summary>Where the server listens, with the port that was really bound.</summary>
    public Endpoint Local => _listener.Local;

    /// <summary>What it grants its peers.</summary>
    public ServerLimits Limits => _options.Limits;

    /// <summary>
    /// Completes when the server accepts nobody any more: in order once it was told to stop, with the exception if its
    /// listener broke.
    /// </summary>
    public Task Accepting => _accepting;

    /// <summary>Listens at an endpoint and serves. Peers can connect when this completes.</summary>
    /// <param name="endpoint">Where, for example <c>"tcp://localhost:7342"</c>; port 0 takes a free one.</param>
    /// <param name="handler">Runs once for each connection, many at the same time.</param>
    /// <param name="options">Limits and choices; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up starting; the running server does not obey it.</param>
    /// <returns>The server; disposing it stops it.</returns>
    /// <exception cref="BindException">The address cannot be had; the exception says why.</exception>
    /// <exception cref="EndpointFormatException">The string is not an endpoint.</exception>
    public static async Task<Server> StartAsync(
        Endpoint endpoint,
        ConnectionHandler handler,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= ServerOptions.Default;
        ArgumentNullException.ThrowIfNull(handler);
        ThrowIfNoLimits(options.Limits, nameof(options));
        ThrowIfNoTimeout(options.DrainTimeout, nameof(options));
        var observer = new ObserverGuard(options.Observer, options.Listen.Connection.TimeProvider);
        var listen = Watched(options.Listen, observer);
        if (options.Loop == ServerLoop.Process || ServesOneConnection)
        {
            return await StartProcessesAsync(endpoint, handler, options, listen, observer, cancellationToken)
                .ConfigureAwait(false);
        }

        var listener = await BindAsync(endpoint, options.Loop, listen, cancellationToken).ConfigureAwait(false);
        return new Server(listener, handler, options, observer);
    }

    /// <summary>What the server has done so far.</summary>
    public ServerStatistics GetStatistics()
    {
        var (received, sent) = _connections.CountBytes();
        return new ServerStatistics(
            _connections.Count,
            Interlocked.Read(ref _accepted),
            Interlocked.Read(ref _refused),
            Interlocked.Read(ref _handlersFailed),
            received,
            sent);
    }

    private static void ThrowIfNoLimits(ServerLimits limits, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxConnections, 1, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxConnectionsPerAddress, 1, name);
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MinFrameBytesPerSecond, name);
        ThrowIfNoTimeout(limits.RateGrace, name);
        foreach (var limit in (TimeSpan[])[limits.IdleTimeout, limits.FrameTimeout, limits.SendTimeout])
        {
            ThrowIfNoTimeout(limit, name);
            if (limit == TimeSpan.Zero)
            {
                throw new ArgumentOutOfRangeException(
                    name, "A limit of no time would end every connection. Timeout.InfiniteTimeSpan lifts it.");
            }
        }
    }

    private static void ThrowIfNoTimeout(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time, LongestTime, name);
        }
    }

    private static ListenOptions Watched(ListenOptions options, ObserverGuard observer) => options with
    {
        AcceptPaused = (error, pause) =>
        {
            observer.AcceptPaused($"{error.Message}; next try in {pause.TotalMilliseconds:0} ms");
            options.AcceptPaused?.Invoke(error, pause);
        },
        Tls = options.Tls is { } tls
            ? tls with { HandshakeFailed = observer.HandshakeFailed + tls.HandshakeFailed }
            : null,
    };

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                await WaitForRoomAsync().ConfigureAwait(false);
                await AcceptOneAsync().ConfigureAwait(false);
            }
        }
        catch (Exception error) when (_toldToStop && error is OperationCanceledException or ObjectDisposedException)
        {
            // In order. A listener that gives up by itself must not end the server without a word.
        }
    }

    private async ValueTask WaitForRoomAsync()
    {
        if (_slots.CurrentCount == 0)
        {
            _observer.AcceptPaused($"{_options.Limits.MaxConnections} connections are open, the most allowed");
        }

        await _slots.WaitAsync(_acceptStop.Token).ConfigureAwait(false);
        try
        {
            if (!_usesDescriptors)
            {
                return;
            }

            if (DescriptorBudget.Left == 0)
            {
                _observer.AcceptPaused(
                    $"{_connections.Count} connections are open and few descriptors are left (see ulimit -n)");
            }

            await DescriptorBudget.TakeAsync(_acceptStop.Token).ConfigureAwait(false);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <summary>Accepts one connection into the room that was taken for it.</summary>
    private async ValueTask AcceptOneAsync()
    {
        Connection connection;
        try
        {
            connection = await _listener.AcceptAsync(_acceptStop.Token).ConfigureAwait(false);
        }
        catch
        {
            GiveRoomBack();
            throw;
        }

        var clock = _connections.TryAdd(connection);

        // In this order: who is counted as accepted is open by then, unless it was refused or has ended already.
        Interlocked.Increment(ref _accepted);
        if (clock is not null)
        {
            _watch.Wake();
            Begin(clock);
        }
        else
        {
            Refuse(connection);
        }
    }

    private void Refuse(Connection connection)
    {
        connection.Abort();
        GiveRoomBack();
        Interlocked.Increment(ref _refused);
        Meters.Refused(connection.Local.Scheme);
        _observer.ConnectionRefused(connection.Remote);
    }

    private async Task ServeAsync(StallClock clock)
    {
        var connection = clock.Connection;
        connection.WhenStalled(_tellStall);
        connection.WatchFor(_stopping.Token);
        _observer.ConnectionOpened(connection);
        Activity? activity = null;
        try
        {
            activity = Meters.Activities.StartActivity("switchboard.handle", ActivityKind.Server);
            activity?.SetTag("network.peer.address", connection.Remote.ToString());
            await _handler(connection, _stopping.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a handler throws ends its own connection and nothing else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            NoteFailure(connection, error, activity);
        }

        End(activity);
        await connection.DisposeAsync().ConfigureAwait(false);
        var end = connection.End;
        _observer.ConnectionEnded(connection, end);

        // In this order: otherwise the next could be open beside this one, and be one too many.
        _connections.Remove(clock, end);
        GiveRoomBack();
        EndProcessIfThatWasAll();
    }

    private static void End(Activity? activity)
    {
        try
        {
            activity?.Dispose();
        }
#pragma warning disable CA1031 // A listener hears of it, and must not be able to break what it listens to.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private void NoteFailure(Connection connection, Exception error, Activity? activity)
    {
        if (error is OperationCanceledException && _stopping.IsCancellationRequested)
        {
            connection.NoteCause(EndReason.Stopped, error: null);
        }
        else if (IsThePeersDoing(connection, error))
        {
            connection.NoteCause(EndReason.ProtocolError, error);
        }
        else
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
            Interlocked.Increment(ref _handlersFailed);
            _observer.HandlerFailed(connection, error);

            // The peer must not take what was sent so far for a whole answer.
            connection.Abort(EndReason.HandlerFailed, error);
        }
    }

    /// <summary>Whether an exception only says what the peer did, or that the connection had ended before.</summary>
    private static bool IsThePeersDoing(Connection connection, Exception error) => error switch
    {
        ConnectionException or FramingException => connection.EndNoted,
        TruncatedReceiveException => true,
        ObjectDisposedException => connection.EndNoted || connection.Closed.IsCompleted,
        _ => false,
    };

    private void GiveRoomBack()
    {
        if (_usesDescriptors)
        {
            DescriptorBudget.GiveBack();
        }

        _slots.Release();
    }
}
