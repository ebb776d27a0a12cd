namespace Switchboard.Cli.Conversations;

/// <summary>How a conversation ended.</summary>
internal enum Ending
{
    /// <summary>Both ends finished, and everything arrived.</summary>
    Finished,

    /// <summary>The peer broke the connection.</summary>
    PeerReset,

    /// <summary>Nothing was received for longer than was allowed.</summary>
    Idle,

    /// <summary>A signal cut it short.</summary>
    Interrupted,

    /// <summary>Anything else: the bytes, the input or the output were at fault.</summary>
    Failed,
}
