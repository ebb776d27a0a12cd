namespace Switchboard.Chat.Servers.Letters;

/// <summary>Asks for a snapshot.</summary>
/// <remarks><c>Of</c>: which server's; null for everybody's.</remarks>
internal sealed record AskLetter(string From, string Run, string? Of) : Letter(From, Run);
