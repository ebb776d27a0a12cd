namespace Bank.Web.Charts;

/// <summary>From which balance to which a chart goes, and where its lines are: at round sums, and at zero.</summary>
/// <param name="Bottom">Minor units; the lowest line.</param>
/// <param name="Top">Minor units; the highest line.</param>
/// <param name="Step">From line to line.</param>
public sealed record BalanceScale(long Bottom, long Top, long Step)
{
    private const int WantedLines = 4;

    /// <summary>A chart that has nothing else goes up to one unit.</summary>
    private const long LeastTop = 100;

    /// <summary>The lines, from below.</summary>
    public IEnumerable<long> Lines
    {
        get
        {
            for (var line = Bottom; line <= Top; line += Step)
            {
                yield return line;
            }
        }
    }

    /// <summary>The scale that all of these fit in. An area tells sums by its height, so it begins at zero.</summary>
    public static BalanceScale For(IReadOnlyCollection<long> balances)
    {
        var low = Math.Min(0, balances.DefaultIfEmpty().Min());
        var high = Math.Max(0, balances.DefaultIfEmpty().Max());
        if (low == 0 && high < LeastTop)
        {
            high = LeastTop;
        }

        var step = RoundUp((high - low) / WantedLines);
        return new(FloorTo(step, low), -FloorTo(step, -high), step);
    }

    private static long RoundUp(long least)
    {
        var power = 1L;
        while (power <= least / 10)
        {
            power *= 10;
        }

        return new[] { 1, 2, 5, 10 }.Select(times => times * power).First(step => step >= least);
    }

    private static long FloorTo(long step, long value) => (long)Math.Floor((decimal)value / step) * step;
}
