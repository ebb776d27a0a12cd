namespace Switchboard.Serving;

/// <summary>
/// Looks at a server's connections every now and then and ends those whose peers keep them waiting too long. While no
/// connection is open it does not wake up.
/// </summary>
internal sealed class PeerWatch : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);

    private readonly OpenConnections _connections;
    private readonly ServerLimits _limits;
    private readonly TimeProvider _time;
    private readonly TimeSpan _period;
    private readonly ITimer _timer;
    private long _lastLook;
    private int _awake;

    public PeerWatch(OpenConnections connections, ServerLimits limits, TimeProvider time)
    {
        _connections = connections;
        _limits = limits;
        _time = time;
        _period = PeriodFor(limits);
        _timer = time.CreateTimer(
            static watch => ((PeerWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>To be called after a connection was added.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _awake, 1) == 0)
        {
            _lastLook = _time.GetTimestamp();
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    /// <summary>An eighth of the shortest limit: no limit is overrun by much more than that.</summary>
    internal static TimeSpan PeriodFor(ServerLimits limits)
    {
        TimeSpan[] all = [limits.IdleTimeout, limits.FrameTimeout, limits.RateGrace, limits.SendTimeout];
        var shortest = all.Where(limit => limit > TimeSpan.Zero).DefaultIfEmpty(LongestPeriod).Min();
        return TimeSpan.FromTicks(Math.Clamp(shortest.Ticks / 8, ShortestPeriod.Ticks, LongestPeriod.Ticks));
    }

    // A look that comes much too late tells of this process, which was stopped or starved, and not of its peers: what
    // they sent meanwhile may lie unread. So no look charges them more than two periods.
    private void Look()
    {
        var now = _time.GetTimestamp();
        var passed = TimeSpan.FromTicks(Math.Min(_time.GetElapsedTime(_lastLook, now).Ticks, 2 * _period.Ticks));
        _lastLook = now;
        var open = _connections.Snapshot();
        foreach (var clock in open)
        {
            if (clock.Look(passed, _limits) is { } exceeded)
            {
                clock.Connection.Abort(EndReason.TimedOut, exceeded);
            }
        }

        if (open.Length > 0)
        {
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
            return;
        }

        Volatile.Write(ref _awake, 0);
        if (_connections.Count > 0)
        {
            // Added between the snapshot and the line above: its own call to wake came too early.
            Wake();
        }
    }
}
