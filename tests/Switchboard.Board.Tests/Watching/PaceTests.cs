using Switchboard.Board.Watching;
using Switchboard.Testing;

namespace Switchboard.Board.Tests.Watching;

public sealed class PaceTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void What_takes_longer_is_done_more_seldom()
    {
        var pace = new Pace(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), share: 0.1, _clock);
        Run(pace, milliseconds: 500);
        Run(pace, milliseconds: 500);

        Assert.Equal(TimeSpan.FromSeconds(5), pace.Interval);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(pace.IsDue);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(pace.IsDue);
    }

    [Fact]
    public void What_takes_long_once_is_taken_for_chance()
    {
        var pace = new Pace(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), share: 0.1, _clock);
        Run(pace, milliseconds: 9000);
        Assert.Equal(TimeSpan.FromSeconds(1), pace.Interval);
        Run(pace, milliseconds: 10);
        Run(pace, milliseconds: 9000);

        Assert.Equal(TimeSpan.FromSeconds(1), pace.Interval);
    }

    [Fact]
    public void The_first_time_is_due_at_once() =>
        Assert.True(new Pace(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), share: 0.1, _clock).IsDue);

    [Fact]
    public void However_long_it_takes_it_is_done_again_after_the_longest_time()
    {
        var pace = new Pace(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), share: 0.1, _clock);
        Run(pace, milliseconds: 2000);
        Run(pace, milliseconds: 2000);

        Assert.Equal(TimeSpan.FromSeconds(5), pace.Interval);
    }

    private void Run(Pace pace, int milliseconds) =>
        pace.Run(() => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds)));
}
