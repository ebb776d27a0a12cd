using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>
/// Where peers can connect: one listener of this process with all its sockets, or one socket of another process.
/// </summary>
/// <param name="Number">What the page calls it.</param>
/// <param name="Local">Its endpoint.</param>
internal sealed record WatchedListener(long Number, string Local)
{
    /// <summary>What it speaks; null for what is none of the kernel's sockets.</summary>
    public SocketKind? Kind { get; init; }

    /// <summary>0 where there is none.</summary>
    public int Port { get; init; }

    /// <summary>Whether it is of this process.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether it is the board's own, which nobody wants to look at by chance.</summary>
    public bool IsBoard { get; init; }

    /// <summary>What it is called, if somebody gave it a name.</summary>
    public string? Name { get; init; }

    /// <summary>Who has it; null if nobody knows.</summary>
    public string? Process { get; init; }

    /// <summary>How many peers wait to be accepted; null if nobody tells.</summary>
    public long? Waiting { get; init; }

    /// <summary>For how many of them it was made.</summary>
    public long? Backlog { get; init; }

    /// <summary>How many were turned away since it began.</summary>
    public long? Drops { get; init; }

    /// <summary>Connections that it accepted and that are open; null if nobody knows.</summary>
    public int? Open { get; init; }

    /// <summary>How many of them its server grants; null without a server.</summary>
    public int? MaxOpen { get; init; }

    /// <summary>Connections that it has accepted so far.</summary>
    public long? Accepted { get; init; }

    public BoardWarning? Warning { get; init; }
}
