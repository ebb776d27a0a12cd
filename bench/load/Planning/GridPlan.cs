using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Planning;

/// <summary>What a grid will measure, decided before it starts.</summary>
internal sealed record GridPlan
{
    private static readonly IReadOnlyList<Cell> DefaultCells =
    [
        .. from connections in (int[])[50, 500]
           from bytes in (int[])[32, 1024, 16 * 1024]
           from depth in (int[])[1, 16]
           select new Cell(connections, bytes, depth),
    ];

    // From experience: what .NET needs to be up, and what connecting and looking at clocks cost.
    private static readonly TimeSpan StartTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ConnectTime = TimeSpan.FromMilliseconds(150);

    public required IReadOnlyList<ServerKind> Servers { get; init; }

    public required IReadOnlyList<Cell> Cells { get; init; }

    public required int Rounds { get; init; }

    /// <summary>Of a server that has just started: the runtimes that compile as they go need it.</summary>
    public required TimeSpan FirstWarmUp { get; init; }

    public required Timing Timing { get; init; }

    /// <summary>Why servers are missing, by name.</summary>
    public required IReadOnlyDictionary<string, string> Skipped { get; init; }

    public TimeSpan Estimate => Rounds * (
        (Servers.Count * (StartTime + FirstWarmUp))
        + (Cells.Sum(cell => Servers.Count(kind => kind.Takes(cell)))
            * (ConnectTime + Timing.WarmUp + Timing.Measured)));

    /// <summary>Builds what has to be built.</summary>
    public static GridPlan Prepare(LoadOptions options, Roster roster) => new()
    {
        Servers = roster.Present,
        Skipped = roster.Skipped,
        Cells = options.Cells ?? DefaultCells,
        Rounds = options.Rounds ?? 5,
        FirstWarmUp = options.WarmUp ?? TimeSpan.FromSeconds(2),
        Timing = new Timing(TimeSpan.FromMilliseconds(300), options.Measured ?? TimeSpan.FromSeconds(1)),
    };
}
