using Bank.Web.Charts;

namespace Bank.Tests.Web;

public sealed class BalanceScaleTests
{
    private const long Much = 100_000_000_000_000_000;

    [Theory]
    [InlineData(new long[0], 0, 1_00)]
    [InlineData(new long[] { 0 }, 0, 1_00)]
    [InlineData(new long[] { 1 }, 0, 1_00)]
    [InlineData(new long[] { 11_970_46, 14_313_15 }, 0, 15_000_00)]
    [InlineData(new long[] { -421_42, 800_00 }, -500_00, 1_000_00)]
    [InlineData(new long[] { -1 }, -1, 0)]
    [InlineData(new[] { -Much, Much }, -Much, Much)]
    public void A_scale_holds_all_balances_and_zero_between_round_sums(long[] balances, long bottom, long top)
    {
        var scale = BalanceScale.For(balances);

        Assert.Equal((bottom, top), (scale.Bottom, scale.Top));
        Assert.InRange(scale.Lines.Count(), 2, 8);
        Assert.Contains(0, scale.Lines);
    }
}
