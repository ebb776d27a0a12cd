namespace Switchboard.Board.Kernel;

/// <summary>One TCP socket of this machine, as the kernel tells of it.</summary>
/// <param name="Cookie">The kernel's name for it: no other socket has had it since the system started.</param>
/// <param name="Local">This end.</param>
/// <param name="Remote">The other end; port 0 of a listener.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Unread">Bytes the program has not taken; of a listener, peers that wait to be accepted.</param>
/// <param name="Waiting">Bytes the peer's system has not confirmed; of a listener, how many peers may wait.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Inode">What a process's descriptor points at; 0 when no process has it open.</param>
internal readonly record struct SocketRow(
    ulong Cookie,
    KernelAddress Local,
    KernelAddress Remote,
    SocketState State,
    uint Unread,
    uint Waiting,
    int UserId,
    uint Inode)
{
    /// <summary>What is counted; null where that was not asked for, or there is nothing.</summary>
    public SocketFlow? Flow { get; init; }

    /// <summary>Of a listener: peers that were turned away, as too many waited; null where not asked for.</summary>
    public uint? Drops { get; init; }

    /// <summary>The memory for bytes that come and go; null where not asked for.</summary>
    public (uint Receive, uint Send)? BufferBytes { get; init; }
}
