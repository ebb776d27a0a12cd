namespace Switchboard.Bench.Load.Measuring;

/// <summary>What several rounds say together.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    /// <returns>Null when there is no value.</returns>
    public static Spread? Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : new Spread(MedianOf(sorted), sorted[0], sorted[^1]);
    }

    // Of an even number of values the mean of the two in the middle.
    private static double MedianOf(double[] sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
