using Switchboard.Board.Kernel;

namespace Switchboard.Cli.Holders;

/// <summary>One Unix domain socket that has a path, as the kernel lists it.</summary>
/// <param name="Path">As it was given to bind: it may be relative to the process's directory.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Inode">What a process's descriptor points at.</param>
internal sealed record UnixRow(string Path, SocketState State, long Inode);
