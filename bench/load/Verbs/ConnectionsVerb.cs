using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>What a connection costs that lives for one message.</summary>
internal static class ConnectionsVerb
{
    // For the results, which are kept by cell: sixteen lanes, 32 bytes, one message.
    private static readonly Cell Cell = new(16, 32, 1);

    // Each connection asks for the bytes as they are: framed servers would say the same.
    private static readonly string[] Default =
    [
        "c-epoll", "switchboard", "switchboard-sockets", "socket", "kestrel", "go", "java", "node", "python", "ncat",
        "socat",
    ];

    public static void Run(LoadOptions options, TextWriter output)
    {
        var roster = Roster.Call(options.Servers ?? [.. Default.Select(name => ServerTable.Find(name)!)]);
        var results = new GridResults();
        var rounds = options.Rounds ?? 3;
        for (var round = 0; round < rounds; round++)
        {
            var first = round % roster.Present.Count;
            foreach (var kind in roster.Present.Skip(first).Concat(roster.Present.Take(first)))
            {
                RunOne(options, kind, round, results);
                output.WriteLine($"round {round + 1} of {rounds}: {kind.Name}");
            }
        }

        var report = new Report("Short connections compared", options);
        report.Say("Connect, one round trip of 32 bytes, close by the client; 16 at once. "
            + "CPU is the server's, per connection; what the client's side of the handshake costs is not in it.");
        report.Section("Figures");
        report.Say(TableOf(roster, results).Lines());
        report.SaySkipped(roster.Skipped);
        output.WriteLine(string.Join('\n', TableOf(roster, results).Lines()));
        output.WriteLine(report.Write());
    }

    private static void RunOne(LoadOptions options, ServerKind kind, int round, GridResults results)
    {
        try
        {
            using var alone = MachineTurn.Take();
            using var server = RunningServer.Start(kind, options.Cores);
            using var load = new ChurnLoad(server.Port);
            load.Run(options.WarmUp ?? TimeSpan.FromSeconds(2));
            var time = options.Measured ?? TimeSpan.FromSeconds(2);
            results.Add(Cell, kind.Name, round, Meter.Measure(server, () => load.Run(time)));
        }
        catch (LoadException failure)
        {
            results.AddFailure(Cell, kind.Name, failure.Message);
        }
    }

    private static Table TableOf(Roster roster, GridResults results)
    {
        var table = new Table("server", "CPU µs/connection", "ratio", "min–max", "connections/s", "p50 µs", "p99 µs");
        foreach (var name in roster.Present.Select(kind => kind.Name))
        {
            var ratio = results.Ratio(Cell, name, ServerTable.Reference.Name, sample => sample.CpuMicroseconds);
            table.Add(
                results.FailureOf(Cell, name) is { } failure ? $"{name}: {failure}" : name,
                Figure.Of(Median(sample => sample.CpuMicroseconds), 1),
                Figure.Of(ratio?.Median, 2),
                Figure.Range(ratio),
                Figure.Whole(Median(sample => sample.RoundTripsPerSecond)),
                Figure.Of(Median(sample => sample.P50.TotalMicroseconds), 0),
                Figure.Of(Median(sample => sample.P99.TotalMicroseconds), 0));

            double? Median(Func<Sample, double> figure) => results.Of(Cell, name, figure)?.Median;
        }

        return table;
    }
}
