namespace Switchboard.Board.Lessons;

/// <summary>What the kernel is to tell of a socket.</summary>
internal sealed record KernelPromise
{
    public string? State { get; init; }

    /// <summary>Bytes that came and were not read.</summary>
    public Expectation? Unread { get; init; }

    /// <summary>Bytes taken from the program that the peer's kernel has not confirmed.</summary>
    public Expectation? Unacknowledged { get; init; }

    /// <summary>Connections that are made and not accepted.</summary>
    public Expectation? Waiting { get; init; }

    /// <summary>Datagrams thrown away for want of room.</summary>
    public Expectation? Drops { get; init; }
}
