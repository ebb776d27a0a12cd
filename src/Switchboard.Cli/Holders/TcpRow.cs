using System.Net;
using Switchboard.Board.Kernel;

namespace Switchboard.Cli.Holders;

/// <summary>One TCP socket, as the kernel lists it.</summary>
/// <param name="Local">This machine's end.</param>
/// <param name="Remote">The other end; port 0 while there is none.</param>
/// <param name="State">What it is doing.</param>
/// <param name="UserId">Whose socket it is.</param>
/// <param name="Inode">What a process's descriptor points at; 0 when no process has it open.</param>
internal sealed record TcpRow(IPEndPoint Local, IPEndPoint Remote, SocketState State, int UserId, long Inode);
