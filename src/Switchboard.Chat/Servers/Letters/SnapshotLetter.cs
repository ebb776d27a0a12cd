namespace Switchboard.Chat.Servers.Letters;

/// <summary>A part of all that a server knows of its own people, and of the rooms that they are in.</summary>
/// <remarks>
/// <c>LastEvent</c>: the number of the last event that is in it; <c>Part</c>: from 1 to <c>Parts</c>.
/// </remarks>
internal sealed record SnapshotLetter(
    string From,
    string Run,
    long LastEvent,
    int Part,
    int Parts,
    IReadOnlyList<PersonState> People,
    IReadOnlyList<RoomState> Rooms) : Letter(From, Run);
