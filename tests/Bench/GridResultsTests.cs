using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Tests;

public sealed class GridResultsTests
{
    private static readonly Cell Cell = new(50, 32, 1);

    private readonly GridResults _results = new();

    [Fact]
    public void A_ratio_is_taken_within_each_round()
    {
        // The machine is twice as slow in the second round, and the comparison does not notice.
        Add("reference", 4, 8, 4);
        Add("other", 6, 12, 8);

        Assert.Equal(new Spread(1.5, 1.5, 2), RatioOf("other"));
    }

    [Fact]
    public void A_round_without_the_reference_has_no_ratio()
    {
        _results.Add(Cell, "reference", 0, Of(4));
        _results.Add(Cell, "other", 0, Of(8));
        _results.Add(Cell, "other", 1, Of(80));

        Assert.Equal(new Spread(2, 2, 2), RatioOf("other"));
    }

    [Fact]
    public void A_server_that_was_not_measured_has_no_figures()
    {
        Assert.Null(RatioOf("other"));
        Assert.Null(_results.Of(Cell, "other", sample => sample.CpuMicroseconds));
    }

    private Spread? RatioOf(string server) =>
        _results.Ratio(Cell, server, "reference", sample => sample.CpuMicroseconds);

    private void Add(string server, params double[] cpuMicroseconds)
    {
        foreach (var (round, one) in cpuMicroseconds.Index())
        {
            _results.Add(Cell, server, round, Of(one));
        }
    }

    private static Sample Of(double cpuMicroseconds) => new()
    {
        RoundTrips = 1_000,
        Elapsed = TimeSpan.FromSeconds(1),
        Cpu = new CpuTime((long)(cpuMicroseconds * 1_000_000), 0, 0),
        P50 = TimeSpan.Zero,
        P99 = TimeSpan.Zero,
        P999 = TimeSpan.Zero,
        LongestGap = TimeSpan.Zero,
    };
}
