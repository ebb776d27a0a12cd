using Switchboard.Bench.Load.Comparing;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Tests;

public sealed class CopyResultsTests
{
    private readonly CopyResults _results = new(gibibytes: 2);

    [Fact]
    public void What_starting_takes_is_taken_off_and_shown_apart()
    {
        var kind = Kind("ours", isOurs: true);
        _results.Add(kind, Sample(seconds: 0.5), Sample(seconds: 2.5));

        Assert.Equal(0.5, _results.StartUp(kind)!.Value.Median, 6);
        Assert.Equal(2, _results.Seconds(kind)!.Value.Median, 6);
        Assert.Equal(1, _results.GibibytesPerSecond(kind)!.Value.Median, 6);
        Assert.Equal(1, _results.SenderCpu(kind)!.Value.Median, 6);
        Assert.Equal(1, _results.ReceiverCpu(kind)!.Value.Median, 6);
    }

    [Fact]
    public void The_ratio_is_to_the_best_other_of_the_same_round_that_does_the_same()
    {
        var ours = Kind("ours", isOurs: true);
        var (slow, fast) = (Kind("slow", isOurs: false), Kind("fast", isOurs: false));
        var encrypted = Kind("encrypted", isOurs: false) with { IsEncrypted = true };
        foreach (var seconds in (double[])[4, 8])
        {
            _results.Add(ours, Sample(0), Sample(seconds));
            _results.Add(slow, Sample(0), Sample(seconds * 2));
            _results.Add(fast, Sample(0), Sample(2));
            _results.Add(encrypted, Sample(0), Sample(1));
        }

        Assert.Equal(new Spread(0.375, 0.25, 0.5), _results.Ratio(ours));
        Assert.Equal(new Spread(1, 1, 1), _results.Ratio(fast));
    }

    private static CopyKind Kind(string name, bool isOurs) =>
        new() { Name = name, About = "", IsOurs = isOurs, Receiver = [], Sender = [] };

    private static CopySample Sample(double seconds) => new(TimeSpan.FromSeconds(seconds), seconds, seconds);
}
