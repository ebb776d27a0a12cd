using Switchboard.Board.Lab.Calls;

namespace Switchboard.Board.Lab;

/// <summary>What was to be seen in the kernel at one moment.</summary>
/// <param name="Sockets">Each of them.</param>
/// <param name="Tapes">The bytes between them.</param>
internal sealed record KernelSnapshot(IReadOnlyList<SocketSight> Sockets, IReadOnlyList<Tape> Tapes);
