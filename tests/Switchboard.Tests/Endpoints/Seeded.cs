using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Switchboard.Tests.Endpoints;

/// <summary>Properties that try the same values in every run; SWITCHBOARD_SEED=number tries others.</summary>
internal static class Seeded
{
    private const ulong UsualSeed = 7342;

    /// <summary>Fails with the smallest value it found for which <paramref name="holds"/> throws.</summary>
    public static void ForAll<T>(Gen<T> values, Action<T> holds)
    {
        var seed = ulong.TryParse(
            Environment.GetEnvironmentVariable("SWITCHBOARD_SEED"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var chosen) ? chosen : UsualSeed;
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(2000)
            .WithQuietOnSuccess(true)
            .WithName($"SWITCHBOARD_SEED={seed}")
            .WithReplay(new Replay(new Rnd(seed), FSharpOption<int>.None));

        Check.One(config, Prop.ForAll(values.ToArbitrary(), holds));
    }
}
