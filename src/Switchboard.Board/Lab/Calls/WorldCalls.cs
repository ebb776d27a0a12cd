using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>What happens to programs: a cable is cut, a peer breaks off.</summary>
/// <param name="sockets">Those of the lesson.</param>
internal sealed class WorldCalls(LabSockets sockets)
{
    private const int SocketLevel = 1;
    private const int Linger = 13;

    /// <summary>
    /// Nothing that is sent to these two ends arrives, as when a cable is cut or a firewall drops packets.
    /// </summary>
    public StartedCall Cut(LessonStep step) => ForBothEnds(step, "the cable is cut", socket =>
    {
        socket.IsCut = true;
        return PacketFilter.DropEverything(socket);
    });

    public StartedCall Mend(LessonStep step) => ForBothEnds(step, "the cable is whole again", socket =>
    {
        socket.IsCut = false;
        return PacketFilter.LetPass(socket);
    });

    /// <summary>Closes as a program that dies with bytes unread: the peer gets a reset.</summary>
    public StartedCall Reset(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        return new StartedCall($"close({socket.Name}) with SO_LINGER 0", () =>
        {
            byte[] onAndNow = [1, 0, 0, 0, 0, 0, 0, 0];
            _ = SystemCalls.SetOption(socket.Descriptor, SocketLevel, Linger, onAndNow, onAndNow.Length);
            return CallOutcome.Of(socket.Close());
        });
    }

    private StartedCall ForBothEnds(LessonStep step, string text, Func<LabSocket, int> act)
    {
        var socket = sockets[step.Socket!];
        return new StartedCall(text, () =>
        {
            var outcome = CallOutcome.Of(act(socket));
            if (socket.Peer is { IsClosed: false } peer)
            {
                _ = act(peer);
            }

            return outcome with { Note = PacketFilter.LimitOf([socket]) };
        });
    }
}
