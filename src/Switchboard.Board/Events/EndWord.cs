namespace Switchboard.Board.Events;

/// <summary>Why a connection ended, for programs.</summary>
internal static class EndWord
{
    /// <summary>One word with dashes that never changes.</summary>
    public static string Of(EndReason reason) => reason switch
    {
        EndReason.Finished => "finished",
        EndReason.Closed => "closed",
        EndReason.PeerReset => "peer-reset",
        EndReason.TimedOut => "timed-out",
        EndReason.Aborted => "aborted",
        EndReason.ProtocolError => "protocol-error",
        EndReason.HandlerFailed => "handler-failed",
        EndReason.Stopped => "stopped",
        EndReason.HandedOver => "handed-over",
        _ => "network-failed",
    };
}
