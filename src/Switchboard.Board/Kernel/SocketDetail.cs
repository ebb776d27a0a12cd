namespace Switchboard.Board.Kernel;

/// <summary>What else the kernel is to tell of each socket; the numbers are bits of its request.</summary>
[Flags]
internal enum SocketDetail
{
    /// <summary>Addresses, state and queues.</summary>
    None = 0,

    /// <summary>What is counted of TCP.</summary>
    Flow = 1 << 1,

    /// <summary>What paces sending.</summary>
    Congestion = 1 << 3,

    /// <summary>Buffers and drops.</summary>
    Memory = 1 << 6,

    /// <summary>All of it.</summary>
    Everything = Flow | Congestion | Memory,
}
