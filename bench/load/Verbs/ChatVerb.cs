using System.Globalization;
using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>What it costs to deliver what is said in a room.</summary>
internal static class ChatVerb
{
    private const int DefaultMembers = 5_000;

    private static readonly Timing Default = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public static void Run(LoadOptions options, TextWriter output)
    {
        var roster = Roster.Call(ChatTable.All);
        var results = new ChatResults();
        var (members, rounds) = (options.Count ?? DefaultMembers, options.Rounds ?? 3);
        for (var round = 0; round < rounds; round++)
        {
            // Each round begins with another one.
            var first = round % roster.Present.Count;
            foreach (var kind in roster.Present.Skip(first).Concat(roster.Present.Take(first)))
            {
                output.WriteLine($"round {round + 1} of {rounds}: {Measure(kind, round)}");
            }
        }

        var table = TableOf(roster, results);
        output.WriteLine(string.Join('\n', table.Lines()));
        output.WriteLine(ReportOf(options, roster, results, table).Write());

        string Measure(ServerKind kind, int round)
        {
            try
            {
                var sample = ChatVerb.Measure(options, kind, members);
                results.Add(kind.Name, round, sample);
                return string.Create(
                    CultureInfo.InvariantCulture, $"{kind.Name} {sample.DeliveriesPerCpuSecond:N0} per CPU second");
            }
            catch (LoadException failure)
            {
                results.AddFailure(kind.Name, failure.Message);
                return $"{kind.Name} failed: {failure.Message}";
            }
        }
    }

    private static ChatSample Measure(LoadOptions options, ServerKind kind, int members)
    {
        using var alone = MachineTurn.Take();
        var folder = Directory.CreateTempSubdirectory("switchboard-bench-").FullName;
        try
        {
            var port = FreePort.Take();
            using var server = RunningServer.Start(kind.In(folder, port), options.Cores, port);
            return Measure(options, server, members);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ChatSample Measure(LoadOptions options, RunningServer server, int members)
    {
        Thread.Sleep(Rest);
        var memory = ServerMemory.ResidentBytes(server.ProcessId);
        using var crowd = new ChatCrowd(port: server.Port, members);
        crowd.Enter();
        crowd.Run(options.WarmUp ?? Default.WarmUp);
        memory = ServerMemory.ResidentBytes(server.ProcessId) - memory;

        var cpu = ServerClock.Read(server.ProcessId);
        var count = crowd.Run(options.Measured ?? Default.Measured);
        cpu = ServerClock.Read(server.ProcessId) - cpu;
        return new ChatSample
        {
            Deliveries = count.Deliveries,
            Lost = count.Lost,
            Doubled = count.Doubled,
            Elapsed = count.Elapsed,
            Cpu = cpu,
            BytesPerMember = (double)memory / members,
            P50 = TimeOf(count, 0.5),
            P99 = TimeOf(count, 0.99),
        };
    }

    private static TimeSpan TimeOf(ChatCount count, double part) =>
        TimeSpan.FromMicroseconds(count.Times.Percentile(part) / 1000.0);

    private static Table TableOf(Roster roster, ChatResults results)
    {
        var table = new Table(
            "server", "deliveries/CPU s", "min–max", "× ngircd", "min–max", "× inspircd", "min–max", "user µs",
            "kernel µs", "core %", "resident B/member", "p50 ms", "p99 ms", "lost", "doubled");
        foreach (var name in roster.Present.Select(kind => kind.Name))
        {
            var rate = results.Of(name, sample => sample.DeliveriesPerCpuSecond);
            var (ngircd, inspircd) = (results.Ratio(name, ChatTable.Ngircd), results.Ratio(name, ChatTable.Inspircd));
            table.Add(
                name,
                Figure.Whole(rate?.Median),
                rate is { } known ? $"{Figure.Whole(known.Min)}–{Figure.Whole(known.Max)}" : Figure.None,
                Figure.Of(ngircd?.Median, 2),
                Figure.Range(ngircd),
                Figure.Of(inspircd?.Median, 2),
                Figure.Range(inspircd),
                Figure.Of(results.Of(name, sample => sample.UserMicroseconds)?.Median, 2),
                Figure.Of(results.Of(name, sample => sample.CpuMicroseconds - sample.UserMicroseconds)?.Median, 2),
                Figure.Whole(results.Of(name, sample => 100 * sample.Busy)?.Median),
                Figure.Whole(results.Of(name, sample => sample.BytesPerMember)?.Median),
                Figure.Of(results.Of(name, sample => sample.P50.TotalMilliseconds)?.Median, 1),
                Figure.Of(results.Of(name, sample => sample.P99.TotalMilliseconds)?.Median, 1),
                Figure.Whole(results.Sum(name, sample => sample.Lost)),
                Figure.Whole(results.Sum(name, sample => sample.Doubled)));
        }

        return table;
    }

    private static Report ReportOf(LoadOptions options, Roster roster, ChatResults results, Table table)
    {
        var report = new Report("Chat servers compared", options);
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"One room of {options.Count ?? DefaultMembers:N0} members; {ChatCrowd.Senders} of them speak in turn, ")
            + $"{ChatCrowd.MessagesPerSecond} messages a second in all, and each message goes to everybody else. CPU "
            + "is the server's, user and kernel together; user is an estimate from ticks, kernel is the rest, both for "
            + "one delivery. A ratio is how many deliveries a server makes for each of "
            + "the other's with the same CPU, within one round, each in a new process. Resident is what the process "
            + "has grown by since it was empty, without mapped files, after everybody has entered and the warm-up is "
            + "over: garbage that was not collected is in it. The time of a delivery is from before the send until "
            + "the one thread of the generator has found the line among those of all members. Lost and doubled are "
            + "the sums of all rounds.");
        report.Section("Figures");
        report.Say(table.Lines());
        if (results.Failures.Count > 0)
        {
            report.Section("Failed");
            report.Say(results.Failures.Select(one => $"- {one.Key}: {one.Value}"));
        }

        report.SaySkipped(roster.Skipped);
        report.Section("Servers");
        report.Say(roster.Present.Select(kind => $"- {kind.Name}: {kind.About}"));
        return report;
    }
}
