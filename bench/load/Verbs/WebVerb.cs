using System.Globalization;
using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>One web application on Kestrel, over its own transport and over the library's, asked by wrk.</summary>
internal static class WebVerb
{
    private static readonly Timing Default = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));

    public static void Run(LoadOptions options, TextWriter output)
    {
        if (!Programs.Exist(WrkLoad.Program))
        {
            output.WriteLine("Skipped: there is no wrk on this machine. On Debian: apt install wrk.");
            return;
        }

        var timing = new Timing(options.WarmUp ?? Default.WarmUp, options.Measured ?? Default.Measured);
        var found = new Dictionary<(ServerKind Kind, WebCell Cell), List<WebSample>>();
        var busy = new List<double>();
        var rounds = options.Rounds ?? 5;
        for (var round = 0; round < rounds; round++)
        {
            MeasureAll(round, options.Cores, timing, found);
            output.WriteLine($"round {round + 1} of {rounds}");
            busy.Add(MachineLoad());
        }

        var report = ReportOf(options, found, Spread.Of(busy)!.Value);
        output.WriteLine(report.Write());
    }

    // Cell by cell one right after the other: that is the same minute of the same machine.
    private static void MeasureAll(
        int round,
        Cores cores,
        Timing timing,
        Dictionary<(ServerKind Kind, WebCell Cell), List<WebSample>> found)
    {
        using var alone = MachineTurn.Take();
        using var first = RunningServer.Start(WebTable.All[round % 2], cores);
        using var second = RunningServer.Start(WebTable.All[1 - (round % 2)], cores);

        // The runtime compiles what is used most once more, and then no more.
        WrkLoad.Run(first.Port, WebCell.All[0], timing.WarmUp * 3);
        WrkLoad.Run(second.Port, WebCell.All[0], timing.WarmUp * 3);
        foreach (var cell in WebCell.All)
        {
            WrkLoad.Run(first.Port, cell, timing.WarmUp);
            WrkLoad.Run(second.Port, cell, timing.WarmUp);
            foreach (var server in (RunningServer[])[first, second])
            {
                if (!found.TryGetValue((server.Kind, cell), out var samples))
                {
                    found[(server.Kind, cell)] = samples = [];
                }

                samples.Add(Measure(server, cell, timing.Measured));
            }
        }
    }

    private static WebSample Measure(RunningServer server, WebCell cell, TimeSpan time)
    {
        var before = ServerClock.Read(server.ProcessId);
        var result = WrkLoad.Run(server.Port, cell, time);
        var cpu = ServerClock.Read(server.ProcessId) - before;
        return new WebSample(
            result.Requests / result.Elapsed.TotalSeconds, result.Requests, cpu, result.P50, result.P99);
    }

    private static Report ReportOf(
        LoadOptions options,
        Dictionary<(ServerKind Kind, WebCell Cell), List<WebSample>> found,
        Spread busy)
    {
        var report = new Report("Kestrel's transports compared", options);
        report.Say("One application, asked by wrk with one thread and one request under way on each connection. Ratios "
            + $"are to {WebTable.Reference.Name}, taken within each round; their median and range are shown. CPU is "
            + "the server's process, per request.");
        report.Say(["", $"The machine's load average was {Figure.Of(busy.Min, 1)} to {Figure.Of(busy.Max, 1)} after "
            + "the rounds; this benchmark alone makes two."]);
        foreach (var cell in WebCell.All)
        {
            report.Section($"{cell.Body}, {cell.Connections:N0} connections");
            report.Say(TableOf(cell, found).Lines());
        }

        report.Section("Servers");
        report.Say(WebTable.All.Select(kind => $"- {kind.Name}: {kind.About}"));
        return report;
    }

    private static Table TableOf(WebCell cell, Dictionary<(ServerKind Kind, WebCell Cell), List<WebSample>> found)
    {
        var table = new Table(
            "server", "requests/s", "ratio", "min–max", "CPU µs/request", "ratio", "min–max", "p50 ms", "p99 ms",
            "p99 ratio");
        foreach (var kind in WebTable.All)
        {
            var (rate, cpu, slow) = (
                Ratio(kind, sample => sample.RequestsPerSecond),
                Ratio(kind, sample => sample.CpuMicroseconds),
                Ratio(kind, sample => sample.P99.TotalMilliseconds));
            table.Add(
                kind.Name,
                Figure.Whole(Of(kind, sample => sample.RequestsPerSecond)?.Median),
                Figure.Of(rate?.Median, 2),
                Figure.Range(rate),
                Figure.Of(Of(kind, sample => sample.CpuMicroseconds)?.Median, 1),
                Figure.Of(cpu?.Median, 2),
                Figure.Range(cpu),
                Figure.Of(Of(kind, sample => sample.P50.TotalMilliseconds)?.Median, 1),
                Figure.Of(Of(kind, sample => sample.P99.TotalMilliseconds)?.Median, 1),
                Figure.Of(slow?.Median, 2));
        }

        return table;

        Spread? Of(ServerKind kind, Func<WebSample, double> figure) =>
            Spread.Of(found[(kind, cell)].Select(figure));

        Spread? Ratio(ServerKind kind, Func<WebSample, double> figure) => Spread.Of(
            found[(kind, cell)].Zip(found[(WebTable.Reference, cell)], (one, other) => figure(one) / figure(other)));
    }

    private static double MachineLoad() => double.Parse(
        File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
