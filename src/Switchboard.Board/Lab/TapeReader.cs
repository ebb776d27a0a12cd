using Switchboard.Board.Lab.Calls;

namespace Switchboard.Board.Lab;

/// <summary>Joins what the kernel tells of queues with what the lesson knows of who has sent which bytes.</summary>
internal static class TapeReader
{
    /// <param name="sockets">All of the lesson.</param>
    /// <param name="sights">What the kernel tells of them, in the same order.</param>
    /// <param name="peers">And of their other ends, where no program of the lesson has them.</param>
    public static IReadOnlyList<Tape> Read(
        IReadOnlyList<LabSocket> sockets, IReadOnlyList<SocketSight> sights, IReadOnlyList<SocketSight?> peers)
    {
        var tapes = new List<Tape>();
        foreach (var (socket, index) in sockets.Select((socket, index) => (socket, index)))
        {
            // A socket with two numbers has one tape: that of the number it got first.
            if (socket.Outgoing is { } flow && sockets.First(each => each.Outgoing == flow) == socket)
            {
                var receiver = IndexOfReceiver(sockets, flow);
                tapes.Add(receiver >= 0
                    ? ReadStream(socket, sights[index], sockets[receiver], sights[receiver])
                    : peers[index] is { IsQueued: false } stranger
                        ? ReadToStranger(socket, sights[index], stranger)
                        : ReadStream(socket, sights[index], to: null, peers[index]));
            }
            else if (socket.Kind == LabSocketKind.Udp && socket.Incoming is { } datagrams)
            {
                tapes.Add(ReadDatagrams(socket, datagrams));
            }
        }

        tapes.AddRange(sockets.Where(HearsFromStranger).Select(ReadStranger));
        return tapes;
    }

    private static int IndexOfReceiver(IReadOnlyList<LabSocket> sockets, Flow flow)
    {
        for (var index = 0; index < sockets.Count; index++)
        {
            if (sockets[index].Incoming == flow && sockets[index].Kind != LabSocketKind.Name)
            {
                return index;
            }
        }

        return -1;
    }

    private static Tape ReadStream(LabSocket from, SocketSight sender, LabSocket? to, SocketSight? receiver)
    {
        var flow = from.Outgoing!;

        // A pipe has no queue at its sender. Where the kernel does not know the receiver, what was confirmed is there.
        var unconfirmed = Math.Min(sender.Unacknowledged ?? 0, flow.Sent - flow.Read);
        var isTold = receiver is { Unread: not null } && to is not { IsClosed: true };
        var unread = isTold ? receiver!.Unread!.Value
            : to is { IsClosed: true } ? 0
            : flow.Sent - flow.Read - unconfirmed;
        return new Tape(from.Name, to?.Name)
        {
            Unread = [.. flow.PartsOf(flow.Read, Math.Min(flow.Read + unread, flow.Sent))],
            Unconfirmed = [.. flow.PartsOf(Math.Max(flow.Sent - unconfirmed, flow.Read + unread), flow.Sent)],
            Sent = flow.Sent,
            Read = flow.Read,
            IsInferred = !isTold && unread > 0,
            HasEnd = sender.State is "FIN_WAIT2" or "TIME_WAIT"
                || receiver?.State is "CLOSE_WAIT" or "LAST_ACK" or "CLOSING" or "TIME_WAIT",
        };
    }

    // A program of one's own does not say what it has read: it is what has left both queues.
    private static Tape ReadToStranger(LabSocket from, SocketSight sender, SocketSight stranger)
    {
        var flow = from.Outgoing!;
        flow.Read = Math.Max(flow.Read, flow.Sent - (sender.Unacknowledged ?? 0) - (stranger.Unread ?? 0));
        return ReadStream(from, sender, to: null, stranger) with { To = stranger.Name };
    }

    private static Tape ReadDatagrams(LabSocket socket, Flow datagrams) => new("", socket.Name)
    {
        Unread = [.. datagrams.PartsOf(datagrams.Read, datagrams.Sent)],
        Sent = datagrams.Sent,
        Read = datagrams.Read,
        KeepsBorders = true,
    };

    private static bool HearsFromStranger(LabSocket socket) =>
        socket is { Kind: LabSocketKind.Tcp, IsClosed: false, Incoming.IsForeign: true, Peer: null };

    // A program of one's own: its bytes are looked at where they lie, without taking them.
    private static Tape ReadStranger(LabSocket socket)
    {
        var bytes = new byte[FlowPart.MaxShownBytes];
        var shown = Math.Max(
            SystemCalls.Receive(socket.Descriptor, bytes, bytes.Length, SystemCalls.Peek | SystemCalls.DontWait), 0);
        var unread = Math.Max(KernelSight.QueuesOf(socket).Unread ?? 0, shown);
        return new Tape("", socket.Name)
        {
            Unread = unread == 0 ? [] : [new FlowPart(Call: 0, unread, bytes.AsMemory(0, (int)shown))],
            Sent = socket.Incoming!.Read + unread,
            Read = socket.Incoming.Read,
        };
    }
}
