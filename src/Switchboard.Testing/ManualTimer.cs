using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Testing;

/// <summary>A timer of a <see cref="ManualClock"/>, whose lock guards everything that changes here.</summary>
internal sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    // As the system's timers: a callback sees the asynchronous locals of whoever made the timer.
    [SuppressMessage("Usage", "CA2213", Justification = "It may be shared with whoever made the timer.")]
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();

    public static IComparer<ManualTimer> ByDueTime { get; } = Comparer<ManualTimer>.Create(
        static (one, other) => (one.Due, one.Arming).CompareTo((other.Due, other.Arming)));

    public TimeSpan Due { get; set; }

    public TimeSpan? Period { get; set; }

    public bool Disposed { get; set; }

    /// <summary>Which arming of the clock's was the last of this timer; it orders those of the same due time.</summary>
    public long Arming { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfNoTime(dueTime);
        ThrowIfNoTime(period);
        return clock.Change(this, dueTime, period > TimeSpan.Zero ? period : null);
    }

    public void Fire()
    {
        if (_flow is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_flow, static timer => ((ManualTimer)timer!).Call(), this);
        }
    }

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Call() => callback(state);

    // The same limits as the system's timers have, so that a test does not pass what a program would throw at.
    private static void ThrowIfNoTime(TimeSpan time)
    {
        if (time != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time, Longest);
        }
    }
}
