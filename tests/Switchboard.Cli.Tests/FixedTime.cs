namespace Switchboard.Cli.Tests;

/// <summary>A clock that stands still, in a time zone two hours east of UTC; timers are real.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone { get; } =
        TimeZoneInfo.CreateCustomTimeZone("East", TimeSpan.FromHours(2), "East", "East");

    public override DateTimeOffset GetUtcNow() => now;
}
