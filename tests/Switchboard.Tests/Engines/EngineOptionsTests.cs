namespace Switchboard.Tests.Engines;

public class EngineOptionsTests
{
    [Fact]
    public void By_default_there_is_a_loop_for_each_processor_and_nobody_spins()
    {
        var options = new EngineOptions();

        Assert.Equal(Environment.ProcessorCount, options.Loops);
        Assert.Equal(TimeSpan.Zero, options.SpinBeforeSleep);
        Assert.Equal(64, options.MaxSpareThreads);
        Assert.False(options.ListensOnEveryLoop);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    public void So_many_loops_are_allowed(int loops) =>
        Assert.Equal(loops, new EngineOptions { Loops = loops }.Loops);

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    [InlineData(-1)]
    public void So_many_loops_are_not(int loops) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngineOptions { Loops = loops });

    [Theory]
    [InlineData(3)]
    [InlineData(32768)]
    public void So_many_spare_threads_are_not_allowed(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngineOptions { MaxSpareThreads = threads });

    [Fact]
    public void Spinning_lasts_a_second_at_most()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new EngineOptions { SpinBeforeSleep = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new EngineOptions { SpinBeforeSleep = TimeSpan.FromMilliseconds(1001) });
        Assert.Equal(
            TimeSpan.FromSeconds(1), new EngineOptions { SpinBeforeSleep = TimeSpan.FromSeconds(1) }.SpinBeforeSleep);
    }
}
