namespace Switchboard.Bench.Load.Measuring;

/// <summary>One web server with one cell, once.</summary>
/// <param name="RequestsPerSecond">Answered.</param>
/// <param name="Requests">Answered, altogether.</param>
/// <param name="Cpu">Of the server.</param>
/// <param name="P50">As wrk measures it.</param>
/// <param name="P99">Likewise.</param>
internal sealed record WebSample(
    double RequestsPerSecond, long Requests, CpuTime Cpu, TimeSpan P50, TimeSpan P99)
{
    public double CpuMicroseconds => Cpu.Nanoseconds / 1000.0 / Requests;
}
