namespace Switchboard.Cli.Tests;

/// <summary>A clock that stands still, in a time zone two hours east of UTC: its timers never fire.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone { get; } =
        TimeZoneInfo.CreateCustomTimeZone("East", TimeSpan.FromHours(2), "East", "East");

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new SilentTimer();

    private sealed class SilentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
