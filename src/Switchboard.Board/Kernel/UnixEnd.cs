namespace Switchboard.Board.Kernel;

/// <summary>What only a Unix domain socket has.</summary>
/// <param name="Type">What it carries.</param>
/// <param name="Path">Its path, or its abstract name behind an <c>@</c>; null if it was never bound.</param>
/// <param name="PeerInode">The socket at its other end; 0 for none.</param>
internal readonly record struct UnixEnd(UnixType Type, string? Path, uint PeerInode);
