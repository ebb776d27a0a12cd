using Switchboard.Chat.Events;

namespace Switchboard.Chat.Servers.Letters;

/// <summary>A person as it is now.</summary>
internal sealed record PersonState(
    PersonArrived Arrival, string? Away, bool IsInvisible, bool IsBot, IReadOnlyList<MemberState> Rooms);
