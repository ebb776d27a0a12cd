namespace Switchboard.Board.Watching;

/// <summary>
/// Says when something that costs may be done again, so that it takes no more than a share of one processor: what takes
/// longer is done more seldom, up to a limit. On a machine that has no time for it, it would never be done otherwise.
/// </summary>
/// <param name="shortest">The least time from one beginning to the next.</param>
/// <param name="longest">The most, whatever it costs.</param>
/// <param name="share">Of one processor: 0.01 for a hundredth.</param>
/// <param name="time">Measures.</param>
internal sealed class Pace(TimeSpan shortest, TimeSpan longest, double share, TimeProvider time)
{
    private long? _began;
    private TimeSpan? _last;
    private TimeSpan _wait;

    /// <summary>The time from one beginning to the next, as it is now.</summary>
    public TimeSpan Interval => _wait < shortest ? shortest : _wait > longest ? longest : _wait;

    public bool IsDue => _began is null || time.GetElapsedTime(_began.Value) >= Interval;

    /// <summary>Does it now.</summary>
    public void Run(Action work)
    {
        var began = time.GetTimestamp();
        work();
        _began = began;

        // Once it may take long by chance: what is new to the process, or another program that is in a hurry.
        var took = time.GetElapsedTime(began);
        _wait = _last is { } last ? TimeSpan.FromTicks(Math.Min(last.Ticks, took.Ticks)) / share : TimeSpan.Zero;
        _last = took;
    }
}
