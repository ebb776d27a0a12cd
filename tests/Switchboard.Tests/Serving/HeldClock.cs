namespace Switchboard.Tests.Serving;

/// <summary>
/// A clock whose timers fire only when the test says so, however late: as in a process that was stopped.
/// </summary>
internal sealed class HeldClock : TimeProvider
{
    private Action? _fire;
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _fire = () => callback(state);
        return new Timer();
    }

    /// <summary>So much time passes, and then the timer fires once.</summary>
    public void PassAndFire(TimeSpan time)
    {
        _elapsed += time;
        _fire!();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
