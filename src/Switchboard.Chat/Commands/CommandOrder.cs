namespace Switchboard.Chat.Commands;

/// <summary>When a command is handled.</summary>
internal enum CommandOrder
{
    /// <summary>When what its sender has said before is delivered.</summary>
    BehindMessages,

    /// <summary>At once: it finds its place among the messages by itself.</summary>
    AmongMessages,
}
