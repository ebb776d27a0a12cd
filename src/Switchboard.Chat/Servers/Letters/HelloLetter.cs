namespace Switchboard.Chat.Servers.Letters;

/// <summary>A sign of life, by which others see whether they have missed something.</summary>
/// <remarks>
/// <c>LastEvent</c>, <c>LastSaid</c>: the numbers of the last event and of the last message that were published before.
/// </remarks>
internal sealed record HelloLetter(
    string From, string Run, long LastEvent, string Outbox, long LastSaid, DateTimeOffset Time) : Letter(From, Run);
