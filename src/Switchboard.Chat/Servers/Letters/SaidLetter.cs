namespace Switchboard.Chat.Servers.Letters;

/// <summary>Messages that are kept, in the order of their numbers.</summary>
internal sealed record SaidLetter(string From, string Run, string Outbox, IReadOnlyList<OutgoingMessage> Messages)
    : Letter(From, Run);
