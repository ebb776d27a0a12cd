using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>What a datagram costs: one by one, and in batches that the kernel cuts and joins.</summary>
internal static class DatagramsVerb
{
    private static readonly IReadOnlyList<Cell> Default = [new(1, 1200, 32), new(1, 32, 32), new(1, 1200, 1)];

    public static void Run(LoadOptions options, TextWriter output)
    {
        var roster = Roster.Call(options.Servers ?? ServerTable.Datagrams);
        var cells = options.Cells ?? Default;
        var results = new GridResults();
        var rounds = options.Rounds ?? 3;
        for (var round = 0; round < rounds; round++)
        {
            var first = round % roster.Present.Count;
            foreach (var kind in roster.Present.Skip(first).Concat(roster.Present.Take(first)))
            {
                RunAll(options, kind, cells, round, results);
                output.WriteLine($"round {round + 1} of {rounds}: {kind.Name}");
            }
        }

        var report = new Report("Datagrams compared", options);
        report.Say("Each cell is 1 peer × bytes of a datagram × datagrams at once; the next when all have come back. "
            + "CPU is the server's, per datagram received and sent back.");
        foreach (var cell in cells)
        {
            var table = TableOf(roster, results, cell);
            report.Section($"{cell}");
            report.Say(table.Lines());
            output.WriteLine($"{cell}\n" + string.Join('\n', table.Lines()));
        }

        report.SaySkipped(roster.Skipped);
        output.WriteLine(report.Write());
    }

    private static void RunAll(
        LoadOptions options, ServerKind kind, IReadOnlyList<Cell> cells, int round, GridResults results)
    {
        using var alone = MachineTurn.Take();
        foreach (var cell in cells)
        {
            try
            {
                using var server = RunningServer.Start(kind, options.Cores);
                using var load = new DatagramLoad(server.Port, cell);
                load.Run(options.WarmUp ?? TimeSpan.FromSeconds(2));
                var time = options.Measured ?? TimeSpan.FromSeconds(2);
                results.Add(cell, kind.Name, round, Meter.Measure(server, () => load.Run(time)));
            }
            catch (LoadException failure)
            {
                results.AddFailure(cell, kind.Name, failure.Message);
            }
        }
    }

    private static Table TableOf(Roster roster, GridResults results, Cell cell)
    {
        var table = new Table("server", "CPU µs/datagram", "ratio", "min–max", "datagrams/s", "p50 µs", "p99 µs");
        foreach (var name in roster.Present.Select(kind => kind.Name))
        {
            var ratio = results.Ratio(
                cell, name, ServerTable.Datagrams[0].Name, sample => sample.CpuMicroseconds);
            table.Add(
                results.FailureOf(cell, name) is { } failure ? $"{name}: {failure}" : name,
                Figure.Of(Median(sample => sample.CpuMicroseconds), 2),
                Figure.Of(ratio?.Median, 2),
                Figure.Range(ratio),
                Figure.Whole(Median(sample => sample.RoundTripsPerSecond)),
                Figure.Of(Median(sample => sample.P50.TotalMicroseconds), 0),
                Figure.Of(Median(sample => sample.P99.TotalMicroseconds), 0));

            double? Median(Func<Sample, double> figure) => results.Of(cell, name, figure)?.Median;
        }

        return table;
    }
}
