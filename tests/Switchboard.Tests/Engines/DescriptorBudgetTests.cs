namespace Switchboard.Tests.Engines;

public class DescriptorBudgetTests
{
    [Theory]
    [InlineData("Max open files            1024                 1048576              files", 1024)]
    [InlineData("Max open files            unlimited            unlimited            files", int.MaxValue)]
    [InlineData("Max processes             127                  127                  processes", int.MaxValue)]
    public void The_soft_limit_is_the_one_that_holds(string line, long expected)
    {
        string[] limits =
        [
            "Limit                     Soft Limit           Hard Limit           Units",
            "Max cpu time              unlimited            unlimited            seconds",
            line,
        ];

        Assert.Equal(expected, DescriptorBudget.ReadLimit(limits));
    }

    [Fact]
    public void This_process_has_a_limit_that_can_be_read()
    {
        Assert.True(DescriptorBudget.ReadLimit(File.ReadLines("/proc/self/limits")) > 0);
        Assert.True(DescriptorBudget.Left > 0);
    }
}
