using System.Globalization;

namespace Switchboard.Tests;

/// <summary>The number that decides a random test. It is printed; setting it as SWITCHBOARD_SEED repeats it.</summary>
internal static class Seed
{
    public const string Variable = "SWITCHBOARD_SEED";

    /// <summary>The seed that was asked for, or else a new one.</summary>
    public static ulong Choose()
    {
        var wanted = Environment.GetEnvironmentVariable(Variable);
        return wanted is null
            ? (ulong)Random.Shared.NextInt64()
            : ulong.Parse(wanted, CultureInfo.InvariantCulture);
    }

    /// <summary>Says with the test's result how to repeat it.</summary>
    public static void Print(ulong seed) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"{Variable}={seed}");
}
