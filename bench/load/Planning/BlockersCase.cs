using Switchboard.Bench.Load.Generating;

namespace Switchboard.Bench.Load.Planning;

/// <summary>How many of the connections have a handler that blocks, how, and for how long each time.</summary>
internal sealed record BlockersCase(string Name, int Blockers, BlockingWay Way, TimeSpan Time)
{
    // Longer than any measurement.
    private static readonly TimeSpan ForEver = TimeSpan.FromHours(1);

    public static IReadOnlyList<BlockersCase> All { get; } =
    [
        new("none", 0, BlockingWay.None, TimeSpan.Zero),
        new("1 sleeps 1 s", 1, BlockingWay.Sleep, TimeSpan.FromSeconds(1)),
        new("20 sleep 3 ms", 20, BlockingWay.Sleep, TimeSpan.FromMilliseconds(3)),
        new("20 sleep 1 s", 20, BlockingWay.Sleep, TimeSpan.FromSeconds(1)),
        new("45 sleep 1 s", 45, BlockingWay.Sleep, TimeSpan.FromSeconds(1)),
        new("10 sleep for ever", 10, BlockingWay.Sleep, ForEver),
        new("1 computes for ever", 1, BlockingWay.Compute, ForEver),
    ];
}
