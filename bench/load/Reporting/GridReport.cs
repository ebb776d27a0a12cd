using System.Globalization;
using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Reporting;

/// <summary>The comparison, a table a cell.</summary>
internal static class GridReport
{
    public static Report Of(
        LoadOptions options, GridPlan plan, GridResults results, int rounds)
    {
        var report = new Report("Echo servers compared", options);
        report.Say($"{rounds} of {plan.Rounds} rounds, each with every server in every cell, in rotated order.");
        report.Say("CPU is the server's, user and kernel together, per round trip. The ratio to "
            + $"{ServerTable.Reference.Name} is taken within each round; its median and its range are shown. "
            + "User is an estimate from ticks, kernel is the rest.");
        foreach (var cell in plan.Cells)
        {
            report.Section(string.Create(
                CultureInfo.InvariantCulture,
                $"{cell.Connections} connections × {cell.MessageBytes:N0} bytes × {cell.Depth} under way"));
            report.Say(TableOf(cell, plan, results).Lines());
            report.Say(FailuresOf(cell, plan, results));
        }

        report.SaySkipped(plan.Skipped);
        report.Section("Servers");
        report.Say(plan.Servers.Select(kind => $"- {kind.Name}: {kind.About}"));
        return report;
    }

    private static Table TableOf(Cell cell, GridPlan plan, GridResults results)
    {
        var table = new Table(
            "server", "CPU µs/RT", "ratio", "min–max", "user µs", "kernel µs", "RT/s", "p50 µs", "p99 µs", "p99.9 µs");
        foreach (var name in plan.Servers.Where(kind => kind.Takes(cell)).Select(kind => kind.Name))
        {
            var ratio = results.Ratio(cell, name, ServerTable.Reference.Name, sample => sample.CpuMicroseconds);
            table.Add(
                name,
                Median(sample => sample.CpuMicroseconds, 2),
                Figure.Of(ratio?.Median, 2),
                Figure.Range(ratio),
                Median(sample => sample.UserMicroseconds, 2),
                Median(sample => sample.CpuMicroseconds - sample.UserMicroseconds, 2),
                Figure.Whole(results.Of(cell, name, sample => sample.RoundTripsPerSecond)?.Median),
                Median(sample => sample.P50.TotalMicroseconds, 0),
                Median(sample => sample.P99.TotalMicroseconds, 0),
                Median(sample => sample.P999.TotalMicroseconds, 0));

            string Median(Func<Sample, double> figure, int decimals) =>
                Figure.Of(results.Of(cell, name, figure)?.Median, decimals);
        }

        return table;
    }

    private static IEnumerable<string> FailuresOf(Cell cell, GridPlan plan, GridResults results)
    {
        var failures = plan.Servers
            .Where(kind => results.FailureOf(cell, kind.Name) is not null)
            .Select(kind => $"- {kind.Name} failed: {results.FailureOf(cell, kind.Name)}")
            .ToList();
        return failures.Count == 0 ? [] : failures.Prepend("");
    }
}
