using Switchboard.Chat.People;

namespace Switchboard.Chat.Servers.Letters;

/// <summary>That a person is in a room.</summary>
internal sealed record MemberState(string Room, Standing Standing);
