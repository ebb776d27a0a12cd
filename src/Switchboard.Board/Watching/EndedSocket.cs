namespace Switchboard.Board.Watching;

/// <summary>A connection that is over.</summary>
/// <param name="Number">The row that it was shown as; 0 if it was over before anybody could look.</param>
/// <param name="At">When it ended, or was missed.</param>
/// <param name="Local">This end.</param>
/// <param name="Remote">The other end.</param>
/// <param name="Why">In a few words.</param>
internal sealed record EndedSocket(long Number, DateTimeOffset At, string Local, string Remote, string Why)
{
    /// <summary>The number that the event log and the command know it by; null for one of another process.</summary>
    public long? Connection { get; init; }

    /// <summary>Whether this process had it, by the library or otherwise.</summary>
    public bool IsOfThisProcess { get; init; }

    /// <summary>Who had it, if that was known.</summary>
    public string? Process { get; init; }

    public long? BytesReceived { get; init; }

    public long? BytesSent { get; init; }

    public TimeSpan? Age { get; init; }

    /// <summary>Whether it ended badly.</summary>
    public bool IsFailure { get; init; }
}
