namespace Switchboard.Board.Watching;

/// <summary>All that was found when the board looked last. Valid until it looks again.</summary>
/// <param name="At">When it looked.</param>
/// <param name="Sockets">Connections and listeners, in the order in which they were seen first.</param>
/// <param name="Listeners">Where peers can connect.</param>
/// <param name="Warnings">What is wrong.</param>
/// <param name="Totals">What it all comes to.</param>
/// <param name="Ended">What has ended.</param>
internal sealed record Look(
    DateTimeOffset At,
    List<WatchedSocket> Sockets,
    List<WatchedListener> Listeners,
    List<BoardWarning> Warnings,
    Totals Totals,
    EndedLog Ended)
{
    /// <summary>How long it is from one look at all sockets of the machine to the next.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Why other processes' sockets cannot be seen; null if they can.</summary>
    public required string? Problem { get; init; }

    /// <summary>Whether Unix domain sockets were looked at.</summary>
    public required bool HasUnix { get; init; }

    /// <summary>The number of the listener that a connection is of; 0 for none of this process's.</summary>
    public required Func<WatchedSocket, long> ListenerOf { get; init; }

    /// <summary>What the server of a connection grants it; null without one.</summary>
    public required Func<WatchedSocket, ServerLimits?> LimitsOf { get; init; }

    /// <summary>Whether a connection is one over which a page talks with the board.</summary>
    public required Func<WatchedSocket, bool> IsOfBoard { get; init; }
}
