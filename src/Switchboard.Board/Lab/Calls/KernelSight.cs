using System.Runtime.InteropServices;
using System.Text;
using Switchboard.Board.Kernel;

namespace Switchboard.Board.Lab.Calls;

/// <summary>
/// Looks at the sockets of a lesson through the kernel: their own options while they are open, sock_diag after.
/// </summary>
internal sealed class KernelSight : IDisposable
{
    private const int TcpLevel = 6;
    private const int TcpInformation = 11;
    private const int SocketLevel = 1;
    private const int MemoryInformation = 55;
    private const int MemoryBytes = 9 * sizeof(uint);
    private const int DropsAt = 8;
    private const ulong WhateverCookie = ulong.MaxValue;

    private readonly SocketDump _dump = new();

    /// <summary>How many datagrams a socket had no room for.</summary>
    public static long DropsOf(LabSocket socket)
    {
        Span<byte> memory = stackalloc byte[MemoryBytes];
        var length = MemoryBytes;
        return SystemCalls.GetOption(socket.Descriptor, SocketLevel, MemoryInformation, memory, ref length) == 0
            && length == MemoryBytes
            ? MemoryMarshal.Cast<byte, uint>(memory)[DropsAt]
            : 0;
    }

    /// <summary>The queues of a socket, pipe or listener that is open.</summary>
    public static SocketQueues QueuesOf(LabSocket socket) =>
        OperatingSystem.IsLinux() ? SocketQueues.Read(socket.Handle) : default;

    public SocketSight Look(LabSocket socket)
    {
        var sight = new SocketSight(socket.Name, socket.Owner, socket.Kind)
        {
            IsClosed = socket.IsClosed,
            Local = socket.Local?.ToString(),
            Remote = socket.Remote?.ToString(),
        };
        return socket.Kind switch
        {
            LabSocketKind.Tcp when !socket.IsClosed => WithMemory(socket, LookAtOpen(socket, sight)),
            LabSocketKind.Tcp => LookAtClosed(socket, sight),
            LabSocketKind.Udp when !socket.IsClosed => sight with
            {
                Unread = socket.Incoming is null ? QueuesOf(socket).Unread : Pending(socket.Incoming),
                Drops = DropsOf(socket),
            },
            LabSocketKind.Pipe when !socket.IsClosed && socket.Incoming is not null =>
                sight with { Unread = QueuesOf(socket).Unread },
            LabSocketKind.Memory => sight with
            {
                Contents = Encoding.Latin1.GetString(socket.Memory!.Load(0, FlowPart.MaxShownBytes)),
            },
            _ => sight,
        };
    }

    /// <summary>
    /// The end of a connection that no program of this lesson has: not accepted yet, or somebody else's.
    /// </summary>
    /// <param name="socket">The other end.</param>
    /// <param name="owner">The actor whose it is; empty for nobody of the lesson.</param>
    public SocketSight? LookAtPeerOf(LabSocket socket, string owner) =>
        socket is { Kind: LabSocketKind.Tcp, Local: not null, Remote: not null, Peer: null }
        && Find(socket.Remote, socket.Local) is { } row
            ? Fill(new SocketSight($"peer of {socket.Name}", owner, LabSocketKind.Tcp)
            {
                Local = socket.Remote.ToString(),
                Remote = socket.Local.ToString(),
                IsForeign = true,
                IsClosed = row.Inode == 0,

                // Who has closed has said so to the peer: without a program and not ending, it was never accepted.
                IsQueued = row is
                {
                    Inode: 0,
                    State: SocketState.SynReceived or SocketState.NewSynReceived or SocketState.Established
                        or SocketState.CloseWait,
                },
            }, row)
            : null;

    public void Dispose() => _dump.Dispose();

    private static long Pending(Flow flow) => flow.Sent - flow.Read;

    private static SocketSight LookAtOpen(LabSocket socket, SocketSight sight)
    {
        Span<byte> bytes = stackalloc byte[SocketFlow.MaxBytes];
        var length = bytes.Length;
        if (SystemCalls.GetOption(socket.Descriptor, TcpLevel, TcpInformation, bytes, ref length) != 0
            || SocketFlow.Read(bytes[..length]) is not { } flow)
        {
            return sight;
        }

        var state = (SocketState)bytes[0];
        sight = sight with { State = NameOf(state) };
        if (state == SocketState.Listen)
        {
            return sight with { Waiting = flow.Unacknowledged, Backlog = flow.Backlog };
        }

        var queues = QueuesOf(socket);
        return state is SocketState.Bound ? sight : sight with
        {
            Unread = queues.Unread,
            Unacknowledged = queues.Unacknowledged,
            Unsent = queues.Unsent,
            RoundTripMicroseconds = flow.RoundTripMicroseconds,
            SegmentsIn = flow.SegmentsIn,
            SegmentsOut = flow.SegmentsOut,
            Retransmits = flow.Retransmits,
        };
    }

    private static string NameOf(SocketState state) =>
        state == SocketState.Bound ? "CLOSE" : SocketStates.NameOf(state);

    private static SocketSight Fill(SocketSight sight, SocketRow row) => sight with
    {
        State = NameOf(row.State),
        Unread = UnreadOf(row),
        Unacknowledged = row.Waiting,
    };

    // The kernel counts the end of the stream as a byte here, until the program has read it; no program gets that byte.
    private static long UnreadOf(SocketRow row) =>
        row.State is SocketState.CloseWait or SocketState.LastAck or SocketState.Closing
            ? Math.Max(row.Unread, 1) - 1
            : row.Unread;

    // The kernel takes a connection in TIME_WAIT from the program that has it open: its own socket says CLOSE then.
    private SocketSight WithMemory(LabSocket socket, SocketSight sight) =>
        sight.State == NameOf(SocketState.Bound) && socket is { Local: not null, Remote: not null }
        && Find(socket.Local, socket.Remote) is { State: SocketState.TimeWait } row
            ? sight with { State = NameOf(row.State) }
            : sight;

    // Nobody holds it any more: only the kernel still knows of it, for as long as it lasts.
    private SocketSight LookAtClosed(LabSocket socket, SocketSight sight) =>
        socket is { IsListening: false, Local: not null, Remote: not null }
        && Find(socket.Local, socket.Remote) is { } row
            ? Fill(sight, row)
            : sight;

    private SocketRow? Find(System.Net.IPEndPoint local, System.Net.IPEndPoint remote)
    {
        var asked = new SocketRow(
            WhateverCookie, KernelAddress.Of(local.Address, local.Port),
            KernelAddress.Of(remote.Address, remote.Port), SocketState.Unknown, 0, 0, 0, 0);
        return _dump.Find(asked, SocketDetail.None) is { } row && row.Remote.Equals(asked.Remote) ? row : null;
    }
}
