using FsCheck.Fluent;

namespace Switchboard.Tests;

public sealed class SeededPropertyTests
{
    [Fact]
    public void The_same_seed_makes_the_same_values()
    {
        Assert.Equal(ValuesFrom(seed: 7342), ValuesFrom(seed: 7342));
        Assert.NotEqual(ValuesFrom(seed: 7342), ValuesFrom(seed: 7343));
    }

    [Fact]
    public void A_property_that_does_not_hold_fails_and_names_its_seed()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), value => Assert.True(value < 5));

        var failure = Assert.ThrowsAny<Exception>(() => SeededProperty.Check(property, cases: 300, seed: 7342));

        Assert.Contains("SWITCHBOARD_SEED=7342", failure.Message, StringComparison.Ordinal);
    }

    private static List<int> ValuesFrom(ulong seed)
    {
        var values = new List<int>();
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), values.Add);
        SeededProperty.Check(property, cases: 50, seed);
        return values;
    }
}
