using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Tests;

public sealed class SpreadTests
{
    [Fact]
    public void Of_nothing_there_is_none()
    {
        Assert.Null(Spread.Of([]));
    }

    [Fact]
    public void The_median_of_an_odd_number_is_the_one_in_the_middle()
    {
        Assert.Equal(new Spread(2, 1, 9), Spread.Of([9, 1, 2]));
    }

    [Fact]
    public void The_median_of_an_even_number_is_between_the_two_in_the_middle()
    {
        Assert.Equal(new Spread(3, 1, 9), Spread.Of([4, 9, 1, 2]));
    }
}
