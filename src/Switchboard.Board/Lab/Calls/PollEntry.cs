using System.Runtime.InteropServices;

namespace Switchboard.Board.Lab.Calls;

/// <summary>What <c>poll</c> is asked about one descriptor, and answers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Descriptor;
    public short Wanted;
    public short Found;
}
