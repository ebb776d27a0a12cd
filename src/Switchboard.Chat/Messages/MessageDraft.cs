using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Messages;

/// <summary>A message that was allowed, and waits for its place among all others.</summary>
/// <param name="Sender">Who says it.</param>
/// <param name="Command"><c>PRIVMSG</c>, <c>NOTICE</c> or <c>TAGMSG</c>.</param>
/// <param name="Target">As receivers see it.</param>
/// <param name="Text">What is said; empty for a message of tags.</param>
internal sealed record MessageDraft(Person Sender, string Command, string Target, string Text)
{
    /// <summary>Where it is kept; null for what no history keeps.</summary>
    public string? Talk { get; init; }

    /// <summary>The room it goes to; null for a private message.</summary>
    public Room? Room { get; init; }

    /// <summary>Whom a private message goes to; nobody if it waits for its receiver.</summary>
    public IReadOnlyList<Person> Receivers { get; init; } = [];

    /// <summary>Client-only tags, as they stand in a line.</summary>
    public string Tags { get; init; } = "";

    /// <summary>What receivers must understand.</summary>
    public Capabilities Needed { get; init; }

    /// <summary>What the sender calls its line, to know the answer by; null for nothing.</summary>
    public string? Label { get; init; }
}
