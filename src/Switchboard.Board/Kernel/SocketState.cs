namespace Switchboard.Board.Kernel;

/// <summary>What a socket is doing; the numbers are the kernel's.</summary>
internal enum SocketState
{
    /// <summary>A number that this program does not know.</summary>
    Unknown = 0,

    /// <summary>Connected; bytes may go both ways.</summary>
    Established = 1,

    /// <summary>Connecting: the other end has not answered.</summary>
    SynSent = 2,

    /// <summary>Being connected to: the last word of the handshake is missing.</summary>
    SynReceived = 3,

    /// <summary>This end has finished, and the other has not confirmed it.</summary>
    FinWait1 = 4,

    /// <summary>This end has finished, and the other goes on.</summary>
    FinWait2 = 5,

    /// <summary>Both ends have finished; the system remembers the connection for a while.</summary>
    TimeWait = 6,

    /// <summary>Neither listening nor connected: bound to its address, or not even that.</summary>
    Bound = 7,

    /// <summary>The other end has finished, and the program here has not closed its own.</summary>
    CloseWait = 8,

    /// <summary>Both ends have finished, and the other has not confirmed it.</summary>
    LastAck = 9,

    /// <summary>Takes connections.</summary>
    Listen = 10,

    /// <summary>Both ends finished at the same moment.</summary>
    Closing = 11,

    /// <summary>As <see cref="SynReceived"/>, in newer kernels.</summary>
    NewSynReceived = 12,
}
