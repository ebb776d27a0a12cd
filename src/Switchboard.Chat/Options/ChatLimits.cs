namespace Switchboard.Chat;

/// <summary>What a chat grants its people. Every limit is finite unless told otherwise.</summary>
public sealed record ChatLimits
{
    /// <summary>How many people may be here at once. Default 20,000.</summary>
    public int MaxPeople { get; init; } = 20_000;

    /// <summary>The longest nick, in letters. Default 30.</summary>
    public int MaxNickLength { get; init; } = 30;

    /// <summary>The longest name of a room, in letters, with its <c>#</c>. Default 64.</summary>
    public int MaxRoomNameLength { get; init; } = 64;

    /// <summary>The longest topic, in bytes of UTF-8. Default 307.</summary>
    public int MaxTopicBytes { get; init; } = 307;

    /// <summary>The longest reason to kick, part or quit, in bytes of UTF-8. Default 307.</summary>
    public int MaxReasonBytes { get; init; } = 307;

    /// <summary>The longest text about being away, in bytes of UTF-8. Default 200.</summary>
    public int MaxAwayBytes { get; init; } = 200;

    /// <summary>The longest real name, in bytes of UTF-8. Default 128.</summary>
    public int MaxRealNameBytes { get; init; } = 128;

    /// <summary>The longest key of a room, in letters. Default 23.</summary>
    public int MaxKeyLength { get; init; } = 23;

    /// <summary>How many rooms one person may be in. Default 100.</summary>
    public int MaxRoomsPerPerson { get; init; } = 100;

    /// <summary>How many rooms there may be at once. Default 50,000.</summary>
    public int MaxRooms { get; init; } = 50_000;

    /// <summary>How many people one room may hold. Default 20,000.</summary>
    public int MaxMembersPerRoom { get; init; } = 20_000;

    /// <summary>How many masks one room's lists may hold together. Default 100.</summary>
    public int MaxMasksPerRoom { get; init; } = 100;

    /// <summary>How many receivers one message may name. Default 4.</summary>
    public int MaxTargets { get; init; } = 4;

    /// <summary>How many invitations one person may keep unused. Default 50.</summary>
    public int MaxInvitations { get; init; } = 50;

    /// <summary>How many people who left <c>WHOWAS</c> remembers. Default 1,000.</summary>
    public int MaxWhoWas { get; init; } = 1_000;

    /// <summary>How many messages one <c>CHATHISTORY</c> may ask for. Default 200.</summary>
    public int MaxHistory { get; init; } = 200;

    /// <summary>
    /// How many private messages are handed to an account that was away; its history has the rest. Default 500.
    /// </summary>
    public int MaxWaitingMessages { get; init; } = 500;

    /// <summary>
    /// How many bytes may wait to be sent to one client before it is let go. At least 4 KiB, and no more than the
    /// connection's <see cref="ConnectionOptions.MaxPendingSendBytes"/>. Default 960 KiB.
    /// </summary>
    public int MaxPendingBytes { get; init; } = 960 * 1024;

    /// <summary>
    /// How long a line may wait in a busy room of thousands for those behind it, so that they go out to each member
    /// together; shorter the fewer members there are, and below 200 or with zero never. The first line after a pause
    /// never waits. Default 250 milliseconds.
    /// </summary>
    public TimeSpan MaxGatheringTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many lines a client may send at once before it is slowed down. Default 30.</summary>
    public int MaxLineBurst { get; init; } = 30;

    /// <summary>How many lines a second are taken from a client that sends more than a burst. Default 4.</summary>
    public double MaxLinesPerSecond { get; init; } = 4;

    /// <summary>How long a client may be slowed down without a pause before it is let go. Default 2 minutes.</summary>
    public TimeSpan FloodTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a client may take to register. Default 30 seconds.</summary>
    public TimeSpan RegistrationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may be silent before it is asked for a sign of life. Default 1 minute.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long it may take to give that sign. Default 1 minute.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many wrong passwords a client may name before it is let go. Default 3.</summary>
    public int MaxFailedSignIns { get; init; } = 3;
}
