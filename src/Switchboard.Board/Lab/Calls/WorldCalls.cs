using System.Runtime.InteropServices;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>What happens to programs: a cable is cut, a peer breaks off.</summary>
/// <param name="sockets">Those of the lesson.</param>
internal sealed class WorldCalls(LabSockets sockets)
{
    private const int SocketLevel = 1;
    private const int Linger = 13;
    private const int AttachFilter = 26;
    private const int DetachFilter = 27;
    private const int OneInstruction = 1;
    private const short ReturnConstant = 6;
    private const int InstructionBytes = 8;
    private const int PointerAt = 8;
    private const int ProgramBytes = 16;

    /// <summary>
    /// Nothing that is sent to these two ends arrives, as when a cable is cut or a firewall drops packets.
    /// </summary>
    public StartedCall Cut(LessonStep step) => ForBothEnds(step, "the cable is cut", DropEverything);

    public StartedCall Mend(LessonStep step) => ForBothEnds(
        step, "the cable is whole again", socket => SystemCalls.SetOption(
            socket.Descriptor, SocketLevel, DetachFilter, BitConverter.GetBytes(0), sizeof(int)));

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

            return outcome;
        });
    }

    // A packet filter of one instruction: of every packet for this socket keep 0 bytes.
    private static int DropEverything(LabSocket socket)
    {
        var instruction = Marshal.AllocHGlobal(InstructionBytes);
        try
        {
            Marshal.WriteInt64(instruction, ReturnConstant);
            var program = new byte[ProgramBytes];
            program[0] = OneInstruction;
            MemoryMarshal.Write(program.AsSpan(PointerAt), instruction);
            return SystemCalls.SetOption(socket.Descriptor, SocketLevel, AttachFilter, program, program.Length);
        }
        finally
        {
            Marshal.FreeHGlobal(instruction);
        }
    }
}
