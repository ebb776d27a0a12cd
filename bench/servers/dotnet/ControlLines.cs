using System.Globalization;

namespace Switchboard.Bench.Servers;

/// <summary>What the load generator asks on standard input, one word a line.</summary>
internal static class ControlLines
{
    /// <summary>Returns at the end of the input: whoever started this program is gone then.</summary>
    public static void AnswerAll()
    {
        while (Console.ReadLine() is { } asked)
        {
            Console.WriteLine(asked switch
            {
                "heap" => string.Create(CultureInfo.InvariantCulture, $"heap {HeapBytes()}"),

                // No engine counts what it does yet.
                "stats" => $"stats {Switchboard.Engine.Default.GetStatistics()}",
                _ => "unknown",
            });
        }
    }

    private static long HeapBytes()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
