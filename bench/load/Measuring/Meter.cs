using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Measuring;

/// <summary>Measures one server with one cell.</summary>
internal static class Meter
{
    /// <exception cref="EchoFailedException">The server's echo was wrong.</exception>
    public static Sample Measure(RunningServer server, Cell cell, Timing timing, ByteCheck check)
    {
        using var load = new EchoLoad(cell, server.Kind.Shape, check);
        load.Connect(server.Port);
        load.Run(timing.WarmUp);

        var before = ServerClock.Read(server.ProcessId);
        var count = load.Run(timing.Measured);
        var cpu = ServerClock.Read(server.ProcessId) - before;

        return new Sample
        {
            RoundTrips = count.RoundTrips,
            Elapsed = count.Elapsed,
            Cpu = cpu,
            P50 = TimeOf(count, 0.5),
            P99 = TimeOf(count, 0.99),
            P999 = TimeOf(count, 0.999),
            LongestGap = count.LongestGap,
        };
    }

    private static TimeSpan TimeOf(EchoCount count, double part) =>
        TimeSpan.FromMicroseconds(count.Latencies.Percentile(part) / 1000.0);
}
