using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Reporting;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Verbs;

/// <summary>A quick look: one line for each server, cell and round.</summary>
internal static class OneVerb
{
    public static void Run(LoadOptions options, TextWriter output)
    {
        foreach (var kind in options.Servers ?? [ServerTable.Reference])
        {
            if (Builder.Prepare(kind) is { } reason)
            {
                output.WriteLine($"{kind.Name,-20} skipped: {reason}");
                continue;
            }

            try
            {
                Measure(options, kind, output);
            }
            catch (LoadException failure)
            {
                output.WriteLine($"{kind.Name,-20} failed: {failure.Message}");
            }
        }
    }

    private static void Measure(LoadOptions options, ServerKind kind, TextWriter output)
    {
        using var server = RunningServer.Start(kind, options.Cores);
        var timing = new Timing(options.WarmUp ?? TimeSpan.FromSeconds(2), options.Measured ?? TimeSpan.FromSeconds(2));
        foreach (var cell in options.Cells ?? [new Cell(50, 32, 1)])
        {
            for (var round = 0; round < (options.Rounds ?? 1); round++)
            {
                output.WriteLine(SampleLine.Of(kind, cell, Meter.Measure(server, cell, timing, options.Check)));

                // From here on the server is warm.
                timing = timing with { WarmUp = TimeSpan.FromMilliseconds(300) };
            }
        }
    }
}
