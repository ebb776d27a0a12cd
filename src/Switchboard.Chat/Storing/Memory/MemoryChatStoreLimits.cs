namespace Switchboard.Chat;

/// <summary>How much a <see cref="MemoryChatStore"/> keeps. All are at least 1.</summary>
public sealed record MemoryChatStoreLimits
{
    /// <summary>Messages of one talk, 1,000 by default; the oldest are forgotten for new ones.</summary>
    public int MaxMessagesPerTalk { get; init; } = 1_000;

    /// <summary>Messages of all talks, 100,000 by default; the oldest are forgotten for new ones.</summary>
    public int MaxMessages { get; init; } = 100_000;

    /// <summary>Accounts, 100,000 by default; more are refused.</summary>
    public int MaxAccounts { get; init; } = 100_000;
}
