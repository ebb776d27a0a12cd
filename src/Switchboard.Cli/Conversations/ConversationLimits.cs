namespace Switchboard.Cli.Conversations;

/// <summary>How long a conversation waits.</summary>
internal sealed record ConversationLimits
{
    /// <summary>How long nothing may be received before it gives up. No limit by default.</summary>
    public TimeSpan Idle { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long the peer has to finish after a signal. Default 2 seconds.</summary>
    public TimeSpan InterruptPatience { get; init; } = TimeSpan.FromSeconds(2);
}
