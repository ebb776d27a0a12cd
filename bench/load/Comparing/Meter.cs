using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Comparing;

/// <summary>Measures one server with one cell.</summary>
internal static class Meter
{
    /// <exception cref="EchoFailedException">The server's echo was wrong.</exception>
    public static Sample Measure(RunningServer server, Cell cell, Timing timing, ByteCheck check)
    {
        using var alone = MachineTurn.Take();
        using var load = new EchoLoad(cell, server.Kind.Shape, check);
        load.Connect(server.Port);
        load.Run(timing.WarmUp);
        var sample = Measure(server, () => load.Run(timing.Measured));
        return sample.RoundTrips > 0 ? sample : throw new EchoFailedException("The server answered nothing in time.");
    }

    /// <summary>Looks at the server's clock before and after a load.</summary>
    public static Sample Measure(RunningServer server, Func<EchoCount> run) => Measure(server.ProcessId, run);

    /// <inheritdoc cref="Measure(RunningServer, Func{EchoCount})"/>
    public static Sample Measure(int server, Func<EchoCount> run)
    {
        var before = ServerClock.Read(server);
        var count = run();
        var cpu = ServerClock.Read(server) - before;

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
