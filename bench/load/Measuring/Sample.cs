namespace Switchboard.Bench.Load.Measuring;

/// <summary>One server, one cell, once.</summary>
internal sealed record Sample
{
    public required long RoundTrips { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Of the server.</summary>
    public required CpuTime Cpu { get; init; }

    public required TimeSpan P50 { get; init; }

    public required TimeSpan P99 { get; init; }

    public required TimeSpan P999 { get; init; }

    public required TimeSpan LongestGap { get; init; }

    public double CpuMicroseconds => Cpu.Nanoseconds / 1000.0 / RoundTrips;

    /// <summary>The part of it spent in the server's own code: an estimate, from ticks of a hundredth second.</summary>
    public double UserMicroseconds =>
        CpuMicroseconds * Cpu.UserTicks / Math.Max(1, Cpu.UserTicks + Cpu.SystemTicks);

    public double RoundTripsPerSecond => RoundTrips / Elapsed.TotalSeconds;
}
