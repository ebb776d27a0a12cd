namespace Switchboard.Board.Lab.Calls;

/// <summary>What is to be seen of a socket at one moment. What the kernel does not tell is null, and not 0.</summary>
/// <param name="Name">Its name in the lesson.</param>
/// <param name="Owner">The actor whose it is.</param>
/// <param name="Kind">What it stands for.</param>
internal sealed record SocketSight(string Name, string Owner, LabSocketKind Kind)
{
    /// <summary>The state of TCP, as tools write it; null for what has none.</summary>
    public string? State { get; init; }

    /// <summary>Whether the program has closed it; the kernel may go on with it.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether it is a program of one's own, so that its calls are not known.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Whether it waits to be accepted: connected, and no program has it yet.</summary>
    public bool IsQueued { get; init; }

    public string? Local { get; init; }

    public string? Remote { get; init; }

    /// <summary>Bytes that came and were not read.</summary>
    public long? Unread { get; init; }

    /// <summary>Bytes taken from the program that the peer's kernel has not confirmed.</summary>
    public long? Unacknowledged { get; init; }

    /// <summary>Of these, those that were never sent.</summary>
    public long? Unsent { get; init; }

    /// <summary>Of a listener: connections that are made and not accepted.</summary>
    public int? Waiting { get; init; }

    /// <summary>Of a listener: how many may wait; one more is let in.</summary>
    public int? Backlog { get; init; }

    /// <summary>Datagrams thrown away for want of room.</summary>
    public long? Drops { get; init; }

    /// <summary>Of shared memory: its first bytes, one character each.</summary>
    public string? Contents { get; init; }

    public int? RoundTripMicroseconds { get; init; }

    public int? SegmentsOut { get; init; }

    public int? SegmentsIn { get; init; }

    /// <summary>Segments that were sent again.</summary>
    public int? Retransmits { get; init; }
}
