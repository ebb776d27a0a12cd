namespace Switchboard.Board.Kernel;

/// <summary>What a Unix domain socket carries; the numbers are the kernel's.</summary>
internal enum UnixType
{
    /// <summary>Bytes in order.</summary>
    Stream = 1,

    /// <summary>Datagrams.</summary>
    Datagrams = 2,

    /// <summary>Datagrams in order, between two ends.</summary>
    Packets = 5,
}
