namespace Switchboard.Board.Lab.Calls;

/// <summary>A call that has begun.</summary>
/// <param name="Text">How one writes it.</param>
/// <param name="Attempt">
/// Does it, or what is left of it; null means that it would have to wait, and can be tried again.
/// </param>
internal sealed record StartedCall(string Text, Func<CallOutcome?> Attempt)
{
    /// <summary>Which sentences fit it, where its name has another meaning than usual; null where it has not.</summary>
    public string? Meaning { get; init; }
}
