using System.Globalization;
using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>What it costs that somebody looks at the board of a server with many connections.</summary>
internal static class BoardVerb
{
    private const int DefaultCount = 10_000;
    private const string Token = "measuredmeasuredmeasured";

    private static readonly Cell Cell = new(50, 32, 1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    public static void Run(LoadOptions options, TextWriter output)
    {
        var count = options.Count ?? DefaultCount;

        // Ten thousand connections are looked at every few seconds: in less there may be one look or none.
        var time = options.Measured ?? TimeSpan.FromSeconds(20);
        using var alone = MachineTurn.Take();
        var board = FreePort.Take();
        using var server = RunningServer.Start(KindWith(board), options.Cores);
        using var crowd = new IdleCrowd(server.Port, count);
        crowd.Connect();
        using (var first = BoardVisitor.Open(board, Token))
        {
            // What the first page loads and compiles belongs to no look.
            Thread.Sleep(Rest);
        }

        Thread.Sleep(Rest);
        var unseen = ShareOf(server, time);
        double seen;
        TimeSpan opening;
        long bytes;
        using (var visitor = BoardVisitor.Open(board, Token))
        {
            (opening, bytes) = (visitor.Opening, visitor.Bytes);
            Thread.Sleep(Rest);
            seen = ShareOf(server, time);
        }

        var ratios = CompareLoad(server, board, options.Rounds ?? 5, time);
        Report(options, output, count, [
            ["Processor used while nobody looks, % of one core", Figure.Of(unseen * 100, 2)],
            ["The same with a page open, % of one core", Figure.Of(seen * 100, 2)],
            ["From the first request to the first look, ms", Figure.Whole(opening.TotalMilliseconds)],
            ["Bytes sent by then", Figure.Whole(bytes)],
            ["CPU per round trip with a page open, of that without", Figure.Of(Median(ratios), 3)],
            ["Least and most of these", $"{Figure.Of(ratios.Min(), 3)}–{Figure.Of(ratios.Max(), 3)}"],
        ]);
    }

    private static ServerKind KindWith(int board) => new()
    {
        Name = "switchboard-board",
        About = "raw, in a process that shows a board",
        Start =
        [
            "dotnet", Places.Assembly("bench/servers/dotnet", "Bench.Servers"), "switchboard-board", ServerKind.Port,
        ],
        Environment = new Dictionary<string, string> { ["BOARD_PORT"] = $"{board}" },
    };

    /// <summary>How much of one core the server's process uses, with nothing to serve.</summary>
    private static double ShareOf(RunningServer server, TimeSpan time)
    {
        var before = ServerClock.Read(server.ProcessId);
        Thread.Sleep(time);
        var used = ServerClock.Read(server.ProcessId) - before;
        return used.Nanoseconds / 1e9 / time.TotalSeconds;
    }

    /// <summary>CPU per round trip, with a page and without, one beside the other, as ratios.</summary>
    private static double[] CompareLoad(RunningServer server, int board, int rounds, TimeSpan time)
    {
        using var load = new EchoLoad(Cell, MessageShape.Raw, ByteCheck.FirstBytes);
        load.Connect(server.Port);
        load.Run(Rest);
        var ratios = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var without = Meter.Measure(server, () => load.Run(time)).CpuMicroseconds;
            using var visitor = BoardVisitor.Open(board, Token);
            load.Run(TimeSpan.FromSeconds(1));
            ratios[round] = Meter.Measure(server, () => load.Run(time)).CpuMicroseconds / without;
        }

        return ratios;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void Report(LoadOptions options, TextWriter output, int count, string[][] rows)
    {
        var table = new Table("figure", "value");
        foreach (var row in rows)
        {
            table.Add(row);
        }

        var report = new Report("What looking costs", options);
        report.Say(string.Create(CultureInfo.InvariantCulture, $"A server with {count:N0} connections in a process ")
            + "that shows a board; the other ends of them are sockets of this machine, too, and looked at like them. "
            + "The load of the last two rows is 50 connections more, 32 bytes, one message under way on each.");
        report.Section("Figures");
        report.Say(table.Lines());
        output.WriteLine(string.Join('\n', table.Lines()));
        output.WriteLine(report.Write());
    }
}
