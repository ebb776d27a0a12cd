using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Tests;

public sealed class LatencyHistogramTests
{
    private readonly LatencyHistogram _histogram = new();

    [Fact]
    public void Nothing_recorded_is_no_time()
    {
        Assert.Equal(0, _histogram.Percentile(0.5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    [InlineData(987_654_321)]
    [InlineData(3_600_000_000_000)]
    [InlineData(long.MaxValue)]
    public void A_time_is_told_at_most_one_percent_too_long(long nanoseconds)
    {
        _histogram.Record(nanoseconds);

        var told = _histogram.Percentile(1);

        Assert.True(told >= nanoseconds, $"{told} is shorter.");
        Assert.True(told - nanoseconds <= nanoseconds / 100, $"{told} is too long.");
    }

    [Fact]
    public void A_percentile_is_what_so_many_did_not_exceed()
    {
        for (var time = 1; time <= 100; time++)
        {
            _histogram.Record(time);
        }

        Assert.Equal(50, _histogram.Percentile(0.5));
        Assert.Equal(99, _histogram.Percentile(0.99));
        Assert.Equal(100, _histogram.Percentile(0.999));
    }

    [Fact]
    public void A_clock_that_runs_back_counts_as_no_time()
    {
        _histogram.Record(-5);

        Assert.Equal(0, _histogram.Percentile(1));
    }

    [Fact]
    public void Clearing_forgets()
    {
        _histogram.Record(1_000);
        _histogram.Clear();
        _histogram.Record(7);

        Assert.Equal(1, _histogram.Count);
        Assert.Equal(7, _histogram.Percentile(1));
    }
}
