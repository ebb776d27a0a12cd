namespace Switchboard.Chat.Delivery;

/// <summary>What a client has asked for beyond the old protocol (IRCv3).</summary>
[Flags]
internal enum Capabilities
{
    None = 0,
    ServerTime = 1 << 0,
    MessageTags = 1 << 1,
    AccountTag = 1 << 2,

    /// <summary>Those that change the tags in front of every message.</summary>
    Tagging = ServerTime | MessageTags | AccountTag,

    Batch = 1 << 3,
    EchoMessage = 1 << 4,
    LabeledResponse = 1 << 5,
    MultiPrefix = 1 << 6,
    UserhostInNames = 1 << 7,
    AwayNotify = 1 << 8,
    ExtendedJoin = 1 << 9,
    InviteNotify = 1 << 10,
    SetName = 1 << 11,
    Sasl = 1 << 12,
    StandardReplies = 1 << 13,
    AccountNotify = 1 << 14,
    ChatHistory = 1 << 15,
    CapNotify = 1 << 16,
    AccountRegistration = 1 << 17,
}
