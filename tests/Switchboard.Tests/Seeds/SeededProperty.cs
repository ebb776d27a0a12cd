using FsCheck;
using Microsoft.FSharp.Core;

namespace Switchboard.Tests;

/// <summary>
/// Checks properties with values that one seed decides. The seed is printed; setting it as SWITCHBOARD_SEED repeats
/// the run.
/// </summary>
internal static class SeededProperty
{
    /// <summary>The generator takes two numbers; that the second is odd is all that matters about it.</summary>
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Checks the property with the seed that was asked for, or else a new one.</summary>
    public static void Check(Property property, int cases = 300)
    {
        var seed = Seed.Choose();
        Seed.Print(seed);
        Check(property, cases, seed);
    }

    public static void Check(Property property, int cases, ulong seed)
    {
        var replay = FSharpOption<Replay>.Some(new Replay(new Rnd(seed, Gamma), FSharpOption<int>.None));
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(cases)
            .WithReplay(replay)
            .WithQuietOnSuccess(true);
        try
        {
            FsCheck.Check.One(config, property);
        }
        catch (Exception error)
        {
            Assert.Fail($"Set {Seed.Variable}={seed} to see this again. {error.Message}");
        }
    }
}
