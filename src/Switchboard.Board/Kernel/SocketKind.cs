namespace Switchboard.Board.Kernel;

/// <summary>What a socket speaks.</summary>
internal enum SocketKind
{
    /// <summary>Bytes in order, over the network.</summary>
    Tcp,

    /// <summary>Datagrams, over the network.</summary>
    Udp,

    /// <summary>Either, within this machine.</summary>
    Unix,
}
