using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Tests;

public sealed class ChatResultsTests
{
    private readonly ChatResults _results = new();

    [Fact]
    public void A_ratio_is_taken_within_a_round()
    {
        foreach (var (round, ours, other) in ((int, int, int)[])[(0, 300, 100), (1, 200, 200), (2, 800, 400)])
        {
            _results.Add("ours", round, Sample(ours));
            _results.Add("other", round, Sample(other));
        }

        Assert.Equal(new Spread(2, 1, 3), _results.Ratio("ours", "other"));
    }

    [Fact]
    public void A_round_without_the_other_has_no_ratio()
    {
        _results.Add("ours", 0, Sample(100));

        Assert.Null(_results.Ratio("ours", "other"));
    }

    [Fact]
    public void The_rate_is_of_the_processor_and_not_of_the_clock()
    {
        var sample = Sample(deliveries: 100);

        Assert.Equal(50, sample.DeliveriesPerCpuSecond);
        Assert.Equal(0.25, sample.Busy);
    }

    private static ChatSample Sample(int deliveries) => new()
    {
        Deliveries = deliveries,
        Lost = 0,
        Doubled = 0,
        Elapsed = TimeSpan.FromSeconds(8),
        Cpu = new CpuTime(2_000_000_000, 0, 0),
        BytesPerMember = 0,
        P50 = default,
        P99 = default,
    };
}
