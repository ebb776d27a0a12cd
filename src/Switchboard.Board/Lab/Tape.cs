using Switchboard.Board.Lab.Calls;

namespace Switchboard.Board.Lab;

/// <summary>The bytes between two sockets, by where they are.</summary>
/// <param name="From">The name of the sending socket.</param>
/// <param name="To">The name of the receiving one; null while no program has it.</param>
internal sealed record Tape(string From, string? To)
{
    /// <summary>At the receiver, and not read.</summary>
    public IReadOnlyList<FlowPart> Unread { get; init; } = [];

    /// <summary>At the sender: sent or not, and not confirmed.</summary>
    public IReadOnlyList<FlowPart> Unconfirmed { get; init; } = [];

    /// <summary>How many bytes were sent since the beginning.</summary>
    public long Sent { get; init; }

    /// <summary>How many of them were read.</summary>
    public long Read { get; init; }

    /// <summary>Whether its parts are datagrams, each by itself.</summary>
    public bool KeepsBorders { get; init; }

    /// <summary>Whether where the bytes lie was worked out, because the kernel does not tell.</summary>
    public bool IsInferred { get; init; }

    /// <summary>Whether the end of the stream has arrived, behind all bytes.</summary>
    public bool HasEnd { get; init; }
}
