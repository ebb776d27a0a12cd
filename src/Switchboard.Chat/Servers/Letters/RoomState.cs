using Switchboard.Chat.People;

namespace Switchboard.Chat.Servers.Letters;

/// <summary>A room as it is now, without its members.</summary>
internal sealed record RoomState(
    string Name,
    DateTimeOffset Created,
    string Topic,
    string TopicSetBy,
    DateTimeOffset TopicSet,
    RoomFlags Flags,
    string? Key,
    int? Limit,
    IReadOnlyList<LetterStamp> Stamps,
    IReadOnlyList<RoomMask> Bans,
    IReadOnlyList<RoomMask> BanExceptions,
    IReadOnlyList<RoomMask> InviteExceptions);
