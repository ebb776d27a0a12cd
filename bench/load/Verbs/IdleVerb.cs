using System.Diagnostics;
using System.Globalization;
using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>What a connection costs that says nothing.</summary>
internal static class IdleVerb
{
    // Server and generator each have a descriptor of every connection, and often 20,000 in all.
    private const int DefaultCount = 19_000;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private static readonly string[] Default =
    [
        "c-epoll", "switchboard", "switchboard-sockets", "kestrel", "go", "node",
    ];

    public static void Run(LoadOptions options, TextWriter output)
    {
        var count = options.Count ?? DefaultCount;
        var roster = Roster.Call(options.Servers ?? [.. Default.Select(name => ServerTable.Find(name)!)]);
        var table = new Table(
            "server", "heap B/connection", "resident B/connection", "connect ms", "answer again ms");
        foreach (var kind in roster.Present)
        {
            table.Add(Row(options, kind, count));
            output.WriteLine($"{kind.Name} done");
        }

        var report = new Report("Idle connections compared", options);
        report.Say(string.Create(CultureInfo.InvariantCulture, $"{count:N0} connections, one round trip each, ")
            + "then silence. Heap is what the collector says lives, after a full collection; resident is the memory of "
            + "the process without mapped files. Both without what the server had before. What the kernel holds for "
            + "sockets is in neither.");
        report.Section("Figures");
        report.Say(table.Lines());
        report.SaySkipped(roster.Skipped);
        output.WriteLine(string.Join('\n', table.Lines()));
        output.WriteLine(report.Write());
    }

    private static string[] Row(LoadOptions options, ServerKind kind, int count)
    {
        try
        {
            return Measure(options, kind, count);
        }
        catch (LoadException failure)
        {
            return [$"{kind.Name}: {failure.Message}", Figure.None, Figure.None, Figure.None, Figure.None];
        }
    }

    private static string[] Measure(LoadOptions options, ServerKind kind, int count)
    {
        using var alone = MachineTurn.Take();
        using var server = RunningServer.Start(kind, options.Cores);

        // What the first connections load and compile belongs to no connection.
        using (var first = new IdleCrowd(server.Port, 100))
        {
            first.Connect();
        }

        Thread.Sleep(Rest);
        var heapBefore = HeapBytes(server);
        var residentBefore = ServerMemory.ResidentBytes(server.ProcessId);

        using var crowd = new IdleCrowd(server.Port, count);
        var start = Stopwatch.GetTimestamp();
        crowd.Connect();
        var connected = Stopwatch.GetElapsedTime(start);
        Thread.Sleep(Rest);
        var heap = HeapBytes(server) - heapBefore;
        var resident = ServerMemory.ResidentBytes(server.ProcessId) - residentBefore;

        start = Stopwatch.GetTimestamp();
        crowd.SpeakAgain();
        return
        [
            kind.Name,
            Figure.Whole((double?)heap / count),
            Figure.Whole((double)resident / count),
            Figure.Whole(connected.TotalMilliseconds),
            Figure.Whole(Stopwatch.GetElapsedTime(start).TotalMilliseconds),
        ];
    }

    private static long? HeapBytes(RunningServer server) => server.Kind.AnswersQuestions
        ? long.Parse(server.Ask("heap"), CultureInfo.InvariantCulture)
        : null;
}
