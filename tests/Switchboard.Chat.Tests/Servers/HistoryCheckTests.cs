namespace Switchboard.Chat.Tests.Servers;

public sealed class HistoryCheckTests
{
    [Theory]
    [InlineData("a 1,a 2,b 1,a 3", "")]
    [InlineData("a 1,a 3,a 2,b 1", "a said 2 behind 3")]
    [InlineData("a 1,a 2,a 2,b 1,a 3", "a said 2 behind 2")]
    [InlineData("a 1,a 3,b 1", "of a 1 are missing, the first 2")]
    [InlineData("a 1,gap,a 3,b 1", "")]
    [InlineData("a 1,a 2,a 3", "of b 1 are missing, the first 1")]
    public void It_finds_what_is_wrong(string read, string fault)
    {
        var acknowledged = new Dictionary<string, IReadOnlyList<long>> { ["a"] = [1, 2, 3], ["b"] = [1] };

        var faults = HistoryCheck.Faults("x", read.Split(','), acknowledged, isWhole: true);

        Assert.Equal(fault.Length == 0 ? "" : $"x: {fault}", string.Join(" | ", faults));
    }

    [Fact]
    public void Who_came_late_and_left_early_misses_nothing()
    {
        var acknowledged = new Dictionary<string, IReadOnlyList<long>> { ["a"] = [1, 2, 3, 4] };

        Assert.Empty(HistoryCheck.Faults("x", ["a 2", "a 3"], acknowledged, isWhole: false));
        Assert.Single(HistoryCheck.Faults("x", ["a 2", "a 4"], acknowledged, isWhole: false));
    }
}
