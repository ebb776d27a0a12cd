namespace Switchboard.Chat;

/// <summary>Which messages of a talk are asked for: what <c>CHATHISTORY</c> can ask.</summary>
/// <param name="Talk">See <see cref="TalkName"/>.</param>
/// <param name="Limit">The most messages, at least 1.</param>
public sealed record HistoryQuery(string Talk, int Limit)
{
    /// <summary>Only messages behind this place; null for no bound.</summary>
    public HistoryPlace? After { get; init; }

    /// <summary>Only messages before this place; null for no bound.</summary>
    public HistoryPlace? Before { get; init; }

    /// <summary>Where there are more than the limit: the newest of them (the default), or the oldest.</summary>
    public HistoryEnd Prefer { get; init; }
}
