namespace Switchboard.Cli.Serving;

/// <summary>Why a connection ended, for people and for programs.</summary>
internal static class ReasonText
{
    /// <summary>A few words that stand behind "ended:".</summary>
    public static string For(EndReason reason) => reason switch
    {
        EndReason.Finished => "both sides finished",
        EndReason.Closed => "closed by this side",
        EndReason.PeerReset => "reset by the peer",
        EndReason.TimedOut => "timed out",
        EndReason.Aborted => "aborted by this side",
        EndReason.ProtocolError => "the peer broke the framing",
        EndReason.HandlerFailed => "the handler failed",
        EndReason.Stopped => "the server stopped",
        EndReason.HandedOver => "served by its process",
        _ => "the network failed",
    };
}
