using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>Why connections ended, for people.</summary>
internal static class EndWords
{
    /// <summary>Of a connection of this process, which knows.</summary>
    public static string Of(ConnectionEnd end) => end.Reason switch
    {
        EndReason.Finished => "both sides finished",
        EndReason.Closed => "closed by this side, before the peer had finished",
        EndReason.PeerReset => "reset by the peer",
        EndReason.TimedOut => $"timed out: {end.Error?.Message ?? "a limit ran out"}",
        EndReason.Aborted => "reset by this side",
        EndReason.ProtocolError => $"the peer broke the protocol: {end.Error?.Message}",
        EndReason.HandlerFailed => $"the handler failed: {end.Error?.Message}",
        EndReason.Stopped => "the server stopped",
        EndReason.HandedOver => "given to another process",
        _ => $"the network failed: {end.Error?.Message}",
    };

    public static bool IsFailure(EndReason reason) =>
        reason is not (EndReason.Finished or EndReason.Closed or EndReason.Stopped or EndReason.HandedOver);

    /// <summary>
    /// Of a connection of another process, by the state in which it was seen last: no more than that can be known.
    /// </summary>
    public static string Of(SocketState last) => last switch
    {
        SocketState.TimeWait => "both sides finished, this one first; TIME_WAIT is over",
        SocketState.LastAck or SocketState.CloseWait => "both sides finished, the peer first",
        SocketState.FinWait1 or SocketState.FinWait2 or SocketState.Closing => "this side finished first",
        SocketState.SynSent => "it never came about: refused, or nobody answered",
        SocketState.SynReceived or SocketState.NewSynReceived => "it never came about: the peer did not go on",
        SocketState.Established => "gone between two looks: the peer finished first, or one side reset it",
        SocketState.Listen => "listens no more",
        _ => "gone",
    };
}
