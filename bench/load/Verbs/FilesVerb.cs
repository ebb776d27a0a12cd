using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>What it costs to bring a file from one process to another.</summary>
internal static class FilesVerb
{
    private const long DefaultBytes = 1L << 30;
    private const double BytesPerGibibyte = 1L << 30;
    private const string Memory = "/dev/shm";

    public static void Run(LoadOptions options, TextWriter output)
    {
        var skipped = CopyTable.All
            .Select(kind => (kind.Name, Reason: Builder.Prepare(kind.Needs, kind.Build)))
            .Where(one => one.Reason is not null)
            .ToDictionary(one => one.Name, one => one.Reason!);
        var present = CopyTable.All.Where(kind => !skipped.ContainsKey(kind.Name)).ToList();
        var results = Measure(options, present, output);
        var report = ReportOf(options, present, results);
        report.SaySkipped(skipped);
        output.WriteLine(report.Write());
    }

    private static CopyResults Measure(LoadOptions options, List<CopyKind> present, TextWriter output)
    {
        var (bytes, rounds) = (options.Bytes ?? DefaultBytes, options.Rounds ?? 5);
        var results = new CopyResults(bytes / BytesPerGibibyte);
        var folder = NewFolder();
        try
        {
            var copy = new FileCopy(folder, options.Cores);
            var whole = new SourceFile(Path.Combine(folder, "whole"), bytes);
            var byteAlone = new SourceFile(Path.Combine(folder, "byte"), 1);
            for (var round = 0; round < rounds; round++)
            {
                using var alone = MachineTurn.Take();
                results.AddHash(HashLoad.Run(bytes));

                // Each round begins with another one.
                var first = round % present.Count;
                foreach (var kind in present.Skip(first).Concat(present.Take(first)))
                {
                    results.Add(kind, copy.Measure(kind, byteAlone), copy.Measure(kind, whole));
                }

                output.WriteLine($"round {round + 1} of {rounds}");
            }

            return results;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // In memory, where there is such a place: no disk is measured.
    private static string NewFolder()
    {
        var place = Directory.Exists(Memory) ? Memory : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(place, $"switchboard-bench-{Environment.ProcessId}")).FullName;
    }

    private static Report ReportOf(LoadOptions options, List<CopyKind> present, CopyResults results)
    {
        var report = new Report("Files compared", options);
        report.Say("One file over one connection, from one process to another; both may use all cores. Source and "
            + "target are in memory. The start is what a file of one byte takes by the same way, both processes' ends "
            + "included, and is taken off the other figures. The ratio is of the rate, to the best other program of "
            + "the same round.");
        report.Say(["", $"SHA-256 alone, in one thread: {Figure.Of(results.HashGibibytesPerSecond?.Median, 2)} GiB/s "
            + $"({Figure.Range(results.HashGibibytesPerSecond)}), {Figure.Of(results.HashCpu?.Median, 2)} s of CPU per "
            + "GiB. switchboard has each end digest every byte: that much of its CPU is not spent on moving bytes, and "
            + "it cannot be faster than the digest, nor, on two cores that do everything else as well, come near it."]);
        foreach (var isEncrypted in (bool[])[false, true])
        {
            report.Section(isEncrypted ? "Encrypted" : "Plain");
            report.Say(TableOf([.. present.Where(kind => kind.IsEncrypted == isEncrypted)], results).Lines());
        }

        report.Section("Ways");
        report.Say(present.Select(kind => $"- {kind.Name}: {kind.About}"));
        return report;
    }

    private static Table TableOf(IReadOnlyList<CopyKind> kinds, CopyResults results)
    {
        var table = new Table(
            "way", "seconds", "min–max", "GiB/s", "ratio", "min–max", "sender CPU s/GiB", "receiver CPU s/GiB",
            "start, s");
        foreach (var kind in kinds)
        {
            table.Add(
                kind.Name,
                Figure.Of(results.Seconds(kind)?.Median, 2),
                Figure.Range(results.Seconds(kind)),
                Figure.Of(results.GibibytesPerSecond(kind)?.Median, 2),
                Figure.Of(results.Ratio(kind)?.Median, 2),
                Figure.Range(results.Ratio(kind)),
                Figure.Of(results.SenderCpu(kind)?.Median, 2),
                Figure.Of(results.ReceiverCpu(kind)?.Median, 2),
                Figure.Of(results.StartUp(kind)?.Median, 2));
        }

        return table;
    }
}
