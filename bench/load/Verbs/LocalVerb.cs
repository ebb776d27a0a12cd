using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>The ways between two programs of one machine, through the same API.</summary>
internal static class LocalVerb
{
    private const int Crowd = 50;
    private const double BytesPerMebibyte = 1024 * 1024;

    private static readonly Timing Default = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

    public static void Run(LoadOptions options, TextWriter output)
    {
        var timing = new Timing(options.WarmUp ?? Default.WarmUp, options.Measured ?? Default.Measured);
        var skipped = new Dictionary<string, string>();
        var found = LocalWay.All.ToDictionary(way => way, _ => new List<LocalSample>());
        for (var round = 0; round < (options.Rounds ?? 3); round++)
        {
            // Each round begins with another one.
            var first = round % LocalWay.All.Count;
            foreach (var way in LocalWay.All.Skip(first).Concat(LocalWay.All.Take(first)))
            {
                try
                {
                    found[way].Add(Measure(way, options.Cores, timing));
                    output.WriteLine($"round {round + 1}: {way.Name}");
                }
                catch (Exception failure) when (failure is LoadException or IOException or ArgumentException)
                {
                    skipped[way.Name] = failure.Message;
                }
            }
        }

        var table = TableOf(found);
        var report = new Report("Local ways compared", options);
        report.Say("Through the library, both ends on its default engine. Messages of 32 bytes, one at a time on one "
            + $"connection, then on {Crowd} at once; bulk is what an echo on one gives back while it is sent. CPU is "
            + "the server's, per round trip; of memory, both ends.");
        report.Section("Figures");
        report.Say(table.Lines());
        report.SaySkipped(skipped);
        output.WriteLine(string.Join('\n', table.Lines()));
        output.WriteLine(report.Write());
    }

    private static LocalSample Measure(LocalWay way, Cores cores, Timing timing)
    {
        using var alone = MachineTurn.Take();
        if (way.IsInside)
        {
            return MeasureInside(way, timing);
        }

        using var server = RunningServer.Start(way.ToServer(), cores);
        return Measure(way.At(server.Port), way.Transport, server.ProcessId, timing);
    }

    private static LocalSample MeasureInside(LocalWay way, Timing timing)
    {
        var listener = Listener.BindAsync(way.Endpoint).GetAwaiter().GetResult();
        try
        {
            _ = LocalEcho.RunAsync(listener);
            return Measure(way.Endpoint, way.Transport, Environment.ProcessId, timing);
        }
        finally
        {
            listener.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static LocalSample Measure(
        string endpoint, ITransport? transport, int server, Timing timing)
    {
        var connections = new List<Connection>();
        try
        {
            connections.Add(LocalLoad.Connect(endpoint, transport));
            var load = new LocalLoad(connections[0]);
            load.PingPong(timing.WarmUp);
            var alone = Meter.Measure(server, () => load.PingPong(timing.Measured));
            connections.AddRange(Enumerable.Range(0, Crowd).Select(_ => LocalLoad.Connect(endpoint, transport)));
            LocalLoad[] crowd = [.. connections.Skip(1).Select(connection => new LocalLoad(connection))];
            LocalLoad.PingPong(crowd, timing.WarmUp / 2);
            var together = Meter.Measure(server, () => LocalLoad.PingPong(crowd, timing.Measured));
            return new LocalSample(alone, together, load.Bulk(timing.Measured));
        }
        finally
        {
            connections.ForEach(connection => connection.Abort());
        }
    }

    private static Table TableOf(Dictionary<LocalWay, List<LocalSample>> found)
    {
        var table = new Table(
            "way", "p50 µs", "p99 µs", "CPU µs/round trip", "round trips/s", $"CPU µs, {Crowd} at once",
            "bulk MiB/s");
        foreach (var (way, samples) in found.Where(one => one.Value.Count > 0))
        {
            table.Add(
                way.Name,
                Figure.Of(Median(one => one.Alone.P50.TotalMicroseconds), 1),
                Figure.Of(Median(one => one.Alone.P99.TotalMicroseconds), 1),
                Figure.Of(Median(one => one.Alone.CpuMicroseconds), 2),
                Figure.Whole(Median(one => one.Alone.RoundTripsPerSecond)),
                Figure.Of(Median(one => one.Together.CpuMicroseconds), 2),
                Figure.Whole(Median(one => one.Bulk / BytesPerMebibyte)));

            double Median(Func<LocalSample, double> figure) =>
                samples.Select(figure).Order().ElementAt(samples.Count / 2);
        }

        return table;
    }
}
