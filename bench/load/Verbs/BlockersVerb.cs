using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>What connections notice of others whose handlers block their thread.</summary>
internal static class BlockersVerb
{
    private const int Connections = 50;

    public static void Run(LoadOptions options, TextWriter output)
    {
        var roster = Roster.Call(options.Servers ?? ServerTable.Blocking);
        var report = new Report("Blocking handlers", options);
        report.Say($"{Connections} connections, 32 bytes, one message under way each. Some ask their handler to block "
            + "its thread, over and over, and begin when the measurement begins. The figures are those of the others, "
            + "against a run on a new server where the same connections are idle instead: medians, and the range. "
            + "Gap is the longest time without any answer to any of them; answers are those of the blockers.");
        foreach (var kind in roster.Present)
        {
            var table = new Table(
                "blockers", "throughput ratio", "min–max", "p99 ratio", "min–max", "p99 µs", "gap µs", "answers");
            foreach (var one in BlockersCase.All)
            {
                table.Add(TryRow(options, kind, one));
                output.WriteLine($"{kind.Name}: {one.Name} done");
            }

            report.Section(kind.Name);
            report.Say(table.Lines());
            output.WriteLine(string.Join('\n', table.Lines()));
        }

        report.SaySkipped(roster.Skipped);
        output.WriteLine(report.Write());
    }

    private static string[] TryRow(LoadOptions options, ServerKind kind, BlockersCase one)
    {
        try
        {
            return Row(options, kind, one);
        }
        catch (LoadException failure)
        {
            return [$"{one.Name}: {failure.Message}", .. Enumerable.Repeat(Figure.None, 7)];
        }
    }

    private static string[] Row(LoadOptions options, ServerKind kind, BlockersCase one)
    {
        var rounds = Enumerable.Range(0, options.Rounds ?? 3)
            .Select(_ => (
                Idle: Measure(options, kind, one with { Way = BlockingWay.None }).Sample,
                Blocked: Measure(options, kind, one)))
            .ToList();
        var throughput = Spread.Of(rounds.Select(
            round => round.Blocked.Sample.RoundTripsPerSecond / round.Idle.RoundTripsPerSecond));
        var p99 = Spread.Of(rounds.Select(round => round.Blocked.Sample.P99 / round.Idle.P99));

        return
        [
            one.Name,
            Figure.Of(throughput?.Median, 2),
            Figure.Range(throughput),
            Figure.Of(p99?.Median, 2),
            Figure.Range(p99),
            Figure.Of(Median(sample => sample.P99), 0),
            Figure.Of(Median(sample => sample.LongestGap), 0),
            Figure.Whole(Spread.Of(rounds.Select(round => (double)round.Blocked.Answers))?.Median),
        ];

        double? Median(Func<Sample, TimeSpan> figure) =>
            Spread.Of(rounds.Select(round => figure(round.Blocked.Sample).TotalMicroseconds))?.Median;
    }

    // Always a new server: a thread that sleeps for ever is not got back.
    private static (Sample Sample, int Answers) Measure(LoadOptions options, ServerKind kind, BlockersCase one)
    {
        using var alone = MachineTurn.Take();
        using var server = RunningServer.Start(kind, options.Cores);
        using var blockers = new Blockers(one.Blockers, one.Way, one.Time);
        using var load = new EchoLoad(new Cell(Connections - one.Blockers, 32, 1), kind.Shape, options.Check);
        load.Connect(server.Port, blockers);
        load.Run(options.WarmUp ?? TimeSpan.FromSeconds(1.5));
        var sample = Meter.Measure(server, () =>
        {
            if (one.Way != BlockingWay.None)
            {
                blockers.Start();
            }

            return load.Run(options.Measured ?? TimeSpan.FromSeconds(2));
        });
        return (sample, blockers.Answers);
    }
}
