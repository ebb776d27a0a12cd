namespace Switchboard.Endpoints;

/// <summary>Why a text is not what it should be.</summary>
/// <param name="Position">An index into the text that was checked, up to its length.</param>
/// <param name="Problem">What is wrong, as a sentence.</param>
/// <param name="Cure">What to write instead, as a sentence.</param>
internal sealed record Mistake(int Position, string Problem, string Cure)
{
    /// <summary>The same mistake, seen from a text that has this many more characters in front.</summary>
    public Mistake After(int characters) => this with { Position = Position + characters };

    /// <summary>For a constructor's argument, which no text surrounds.</summary>
    /// <exception cref="ArgumentException">There is a mistake.</exception>
    public static void ThrowIfAny(Mistake? mistake, string argument, string name)
    {
        if (mistake is not null)
        {
            throw new ArgumentException($"{Excerpt.Quote(argument)}: {mistake.Problem} {mistake.Cure}", name);
        }
    }
}
