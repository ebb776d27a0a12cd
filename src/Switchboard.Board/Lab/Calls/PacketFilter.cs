using System.Runtime.InteropServices;

namespace Switchboard.Board.Lab.Calls;

/// <summary>What the kernel lets through to a socket: everything, or nothing, as when a cable is cut.</summary>
internal static class PacketFilter
{
    private const int SocketLevel = 1;
    private const int AttachFilter = 26;
    private const int DetachFilter = 27;
    private const int OneInstruction = 1;
    private const short ReturnConstant = 6;
    private const int InstructionBytes = 8;
    private const int PointerAt = 8;
    private const int ProgramBytes = 16;

    /// <summary>A filter of one instruction: of every packet for this socket keep 0 bytes.</summary>
    public static int DropEverything(LabSocket socket)
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

    /// <summary>What it does not stop: a program of one's own is filtered by nobody here. Null for nothing.</summary>
    public static string? LimitOf(IReadOnlyList<LabSocket> ends) =>
        ends is [{ Kind: LabSocketKind.Tcp, IsListening: false, Peer: null } lone]
            ? $"only what comes to {lone.Name}: its peer is no socket of this lesson"
            : null;

    public static int LetPass(LabSocket socket) => SystemCalls.SetOption(
        socket.Descriptor, SocketLevel, DetachFilter, BitConverter.GetBytes(0), sizeof(int));
}
