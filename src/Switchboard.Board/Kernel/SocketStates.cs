namespace Switchboard.Board.Kernel;

/// <summary>The states of sockets in words.</summary>
internal static class SocketStates
{
    /// <summary>The name that the other tools show too.</summary>
    public static string NameOf(SocketState state) => state switch
    {
        SocketState.Established => "ESTABLISHED",
        SocketState.SynSent => "SYN_SENT",
        SocketState.SynReceived or SocketState.NewSynReceived => "SYN_RECV",
        SocketState.FinWait1 => "FIN_WAIT1",
        SocketState.FinWait2 => "FIN_WAIT2",
        SocketState.TimeWait => "TIME_WAIT",
        SocketState.Bound => "BOUND",
        SocketState.CloseWait => "CLOSE_WAIT",
        SocketState.LastAck => "LAST_ACK",
        SocketState.Listen => "LISTEN",
        SocketState.Closing => "CLOSING",
        _ => "UNKNOWN",
    };

    /// <summary>What a Unix domain socket carries.</summary>
    public static string NameOf(UnixType type) => type switch
    {
        UnixType.Stream => "stream",
        UnixType.Datagrams => "datagrams",
        UnixType.Packets => "packets",
        _ => "unknown",
    };
}
