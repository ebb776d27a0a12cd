using Switchboard.Board.Kernel;

namespace Switchboard.Cli.Holders;

/// <summary>Sentences about states of sockets.</summary>
internal static class StateNotes
{
    /// <summary>What to know about a socket in a state that puzzles people; null for the plain ones.</summary>
    public static string? Explain(Holder holder) => holder.State switch
    {
        SocketState.TimeWait =>
            "TIME_WAIT: the connection is over, no process has it any more. The system remembers the addresses for a "
            + "minute, so that late packets do no harm. A program that sets SO_REUSEADDR, as Switchboard does, can "
            + "listen there at once; others have to wait.",

        SocketState.CloseWait =>
            "CLOSE_WAIT: the peer has finished, and the program here has not closed its socket.",

        SocketState.Established when holder is { Inode: 0, Local: TcpEndpoint } =>
            "ESTABLISHED without a process: the system has answered for the program that listens, which has not "
            + "accepted the connection yet.",

        SocketState.FinWait1 or SocketState.FinWait2 or SocketState.LastAck or SocketState.Closing
            when holder.Inode == 0 =>
            $"{SocketStates.NameOf(holder.State)} without a process: the program has closed it, and the system is "
            + "still saying goodbye to the peer.",

        _ => null,
    };
}
