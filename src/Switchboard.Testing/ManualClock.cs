namespace Switchboard.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Pass it wherever a <see cref="TimeProvider"/> is taken: delays,
/// timeouts and periodic timers then wait for <see cref="Advance"/> and for nothing else. Safe to use from any thread.
/// </summary>
/// <remarks>
/// Its time is UTC, and its local time zone too. A timer that is due at once fires at the next <see cref="Advance"/>,
/// even if that moves the clock by nothing: code under test never runs inside its own call that made the timer.
/// </remarks>
public sealed class ManualClock : TimeProvider
{
    private static readonly DateTimeOffset DefaultStart = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly SortedSet<ManualTimer> _armed = new(ManualTimer.ByDueTime);
    private readonly List<TimerWait> _waits = [];
    private readonly DateTimeOffset _start;
    private TimeSpan _elapsed;
    private long _armings;

    /// <param name="start">What the clock shows first; the first of January 2000, midnight, by default.</param>
    public ManualClock(DateTimeOffset? start = null)
    {
        _start = (start ?? DefaultStart).ToUniversalTime();
    }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers wait for the clock to move. One that has fired for the last time does not.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
            {
                return _armed.Count;
            }
        }
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc />
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves the clock forward. Every timer that comes due fires on this thread before the call returns: in the order
    /// of due times, those of the same moment in the order they were armed in, and each sees the clock show its own due
    /// time. What a timer starts anew fires too, if it comes due within the same step.
    /// </summary>
    /// <param name="by">
    /// How far; not negative. One long step is as good as many short ones, as long as the code under test arms its
    /// timers without leaving this thread.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Elapsed + by;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>
    /// Waits until so many timers are armed: until the code under test has begun to wait for the clock, so that moving
    /// it is not too early.
    /// </summary>
    /// <param name="count">How many at least.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default) =>
        WaitForTimersAsync(count, TimeSpan.MaxValue, cancellationToken);

    /// <summary>
    /// Waits until so many timers are armed that come due soon. That tells a timeout of seconds from one of minutes,
    /// where the code under test has both.
    /// </summary>
    /// <param name="count">How many at least.</param>
    /// <param name="within">Only timers count that an <see cref="Advance"/> this far would fire.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitForTimersAsync(int count, TimeSpan within, CancellationToken cancellationToken = default)
    {
        var wait = new TimerWait(count, within);
        lock (_lock)
        {
            _waits.Add(wait);
            CompleteWaits();
        }

        try
        {
            await wait.Armed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waits.Remove(wait);
            }
        }
    }

    /// <summary>Arms the timer anew, or stops it; false when it was disposed.</summary>
    internal bool Change(ManualTimer timer, TimeSpan dueTime, TimeSpan? period)
    {
        lock (_lock)
        {
            _armed.Remove(timer);
            if (timer.Disposed)
            {
                return false;
            }

            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Arm(timer, _elapsed + dueTime);
            }

            return true;
        }
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            timer.Disposed = true;
            _armed.Remove(timer);
        }
    }

    private TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>
    /// Moves to the next due time and gives the timer that is due; when there is none, moves to the target.
    /// </summary>
    private ManualTimer? TakeDue(TimeSpan target)
    {
        lock (_lock)
        {
            var next = _armed.Min;
            if (next is null || next.Due > target)
            {
                MoveTo(target);
                return null;
            }

            MoveTo(next.Due);
            _armed.Remove(next);
            if (next.Period is { } period)
            {
                // Counted from when it was due: that the test moves in long steps must not make it late.
                Arm(next, next.Due + period);
            }

            return next;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan due)
    {
        timer.Due = due;
        timer.Arming = ++_armings;
        _armed.Add(timer);
        CompleteWaits();
    }

    // A callback, or another thread, may have moved the clock further already; it never goes back.
    private void MoveTo(TimeSpan elapsed)
    {
        if (elapsed > _elapsed)
        {
            _elapsed = elapsed;
            CompleteWaits();
        }
    }

    private void CompleteWaits()
    {
        foreach (var wait in _waits)
        {
            if (_armed.Count(timer => timer.Due - _elapsed <= wait.Within) >= wait.Count)
            {
                wait.Armed.TrySetResult();
            }
        }
    }

    private sealed record TimerWait(int Count, TimeSpan Within)
    {
        public TaskCompletionSource Armed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
