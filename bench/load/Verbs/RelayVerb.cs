using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>What it costs to pass bytes on from one connection to another.</summary>
internal static class RelayVerb
{
    private const int PieceBytes = 256 * 1024;

    private static readonly Timing Default = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2));

    public static void Run(LoadOptions options, TextWriter output)
    {
        var timing = new Timing(options.WarmUp ?? Default.WarmUp, options.Measured ?? Default.Measured);
        var roster = Roster.Call(RelayTable.All);
        var found = roster.Present.ToDictionary(kind => kind.Name, _ => new List<RelaySample>());
        var rounds = options.Rounds ?? 3;
        for (var round = 0; round < rounds; round++)
        {
            // Each round begins with another one.
            var first = round % roster.Present.Count;
            foreach (var kind in roster.Present.Skip(first).Concat(roster.Present.Take(first)))
            {
                found[kind.Name].Add(Measure(kind, options.Cores, timing));
                output.WriteLine($"round {round + 1} of {rounds}: {kind.Name}");
            }
        }

        var table = TableOf(roster, found);
        var report = new Report("Relays compared", options);
        report.Say("One connection through the relay, in one direction, as fast as it goes, in pieces of 256 KiB. CPU "
            + "is the relay's. The ratio is to the best socat of the same round.");
        report.Section("Figures");
        report.Say(table.Lines());
        report.SaySkipped(roster.Skipped);
        output.WriteLine(string.Join('\n', table.Lines()));
        output.WriteLine(report.Write());
    }

    private static RelaySample Measure(ServerKind kind, Cores cores, Timing timing)
    {
        using var alone = MachineTurn.Take();
        using var sink = new BulkSink();
        using var relay = RunningServer.Start(kind.To(sink.Port), cores);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, relay.Port);
        Send(socket, timing.WarmUp);

        var (cpu, received, start) = (ServerClock.Read(relay.ProcessId), sink.Received, Stopwatch.GetTimestamp());
        Send(socket, timing.Measured);
        return new RelaySample(
            sink.Received - received, Stopwatch.GetElapsedTime(start), ServerClock.Read(relay.ProcessId) - cpu);
    }

    private static void Send(Socket socket, TimeSpan time)
    {
        var piece = new byte[PieceBytes];
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            socket.Send(piece);
        }
    }

    private static Table TableOf(Roster roster, Dictionary<string, List<RelaySample>> found)
    {
        var table = new Table("relay", "CPU s/GiB", "ratio", "min–max", "GiB/s");
        foreach (var name in roster.Present.Select(kind => kind.Name))
        {
            var samples = found[name];
            var ratio = Spread.Of(samples.Select((sample, round) => sample.CpuSecondsPerGibibyte / BestOf(round)));
            table.Add(
                name,
                Figure.Of(Spread.Of(samples.Select(sample => sample.CpuSecondsPerGibibyte))?.Median, 3),
                Figure.Of(ratio?.Median, 2),
                Figure.Range(ratio),
                Figure.Of(Spread.Of(samples.Select(sample => sample.GibibytesPerSecond))?.Median, 2));
        }

        return table;

        double BestOf(int round) => found
            .Where(one => one.Key.StartsWith("socat", StringComparison.Ordinal))
            .Select(one => one.Value[round].CpuSecondsPerGibibyte)
            .DefaultIfEmpty(double.NaN)
            .Min();
    }
}
