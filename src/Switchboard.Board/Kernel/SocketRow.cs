namespace Switchboard.Board.Kernel;

/// <summary>One socket of this machine, as the kernel tells of it.</summary>
/// <param name="Cookie">The kernel's name for it: no other socket has had it since the system started.</param>
/// <param name="Local">This end; nothing for a Unix domain socket.</param>
/// <param name="Remote">The other end; port 0 where there is none.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Unread">
/// Bytes the program has not taken; of a listener, peers that wait to be accepted. Of UDP it is the memory that
/// datagrams take up, which is more than what is in them.
/// </param>
/// <param name="Waiting">
/// Bytes the peer's system has not confirmed, or within this machine its program has not taken; of a listener, how many
/// peers may wait.
/// </param>
/// <param name="UserId">Whose it is; <see cref="UnknownUser"/> if an older kernel does not tell.</param>
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
    public const int UnknownUser = -1;

    public SocketKind Kind { get; init; }

    /// <summary>Of a Unix domain socket alone.</summary>
    public UnixEnd? Unix { get; init; }

    /// <summary>What is counted; null where that was not asked for, or there is nothing.</summary>
    public SocketFlow? Flow { get; init; }

    /// <summary>
    /// Of a listener: peers that were turned away, as too many waited. Of UDP: datagrams that were dropped. Null where
    /// not asked for.
    /// </summary>
    public uint? Drops { get; init; }

    /// <summary>The memory for bytes that come and go; null where not asked for.</summary>
    public (uint Receive, uint Send)? BufferBytes { get; init; }
}
