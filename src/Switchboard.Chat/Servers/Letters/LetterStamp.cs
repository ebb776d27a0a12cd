namespace Switchboard.Chat.Servers.Letters;

/// <summary>When a room's mode was last changed, and by whose id.</summary>
internal sealed record LetterStamp(char Mode, DateTimeOffset Time, string By);
