namespace Switchboard.Board.Explaining;

/// <summary>What the states of TCP mean, in sentences.</summary>
internal static class StateText
{
    /// <summary>What an end in this state is doing; the state is written as <c>ss</c> and <c>netstat</c> do.</summary>
    public static string Of(string state) => state switch
    {
        "ESTABLISHED" => "Both ends may send.",
        "SYN_SENT" => "It has asked for a connection, and has no answer yet.",
        "SYN_RECV" => "It was asked for a connection and has answered.",
        "FIN_WAIT1" => "It has finished sending, and the peer's kernel has not confirmed that yet.",
        "FIN_WAIT2" => "It has finished sending; the peer may still send.",
        "TIME_WAIT" => "It closed first: the kernel remembers the connection for a minute, so that late packets harm "
            + "nobody, and keeps the port.",
        "CLOSE" => "It is not connected.",
        "CLOSE_WAIT" => "The peer has finished sending, and this program has not closed its socket yet.",
        "LAST_ACK" => "Both have finished; only the last confirmation is missing.",
        "LISTEN" => "It waits for connections.",
        "CLOSING" => "Both finished at the same time.",
        _ => "The kernel has no name for it that one would know.",
    };
}
