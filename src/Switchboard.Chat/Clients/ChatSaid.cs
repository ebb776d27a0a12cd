namespace Switchboard.Chat;

/// <summary>Something was said in a room, or between this client and somebody else.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="Nick">Who said it; a server's name, if it was the server.</param>
/// <param name="Talk">Where it was said, and where an answer goes: the room, or the other one's nick.</param>
/// <param name="Text">A stranger's text: it may hold any character but line ends.</param>
public sealed record ChatSaid(DateTimeOffset Time, string Nick, string Talk, string Text) : ChatEvent(Time)
{
    /// <summary>How it was said; a <see cref="ChatSaidKind.Message"/> by default.</summary>
    public ChatSaidKind Kind { get; init; }

    /// <summary>The server's name for this message, <c>msgid</c>; null if it gives none.</summary>
    public string? Id { get; init; }

    /// <summary>The account of who said it; null if the server does not say, or there is none.</summary>
    public string? Account { get; init; }

    /// <summary>Whether the server said it, and not one of the people there.</summary>
    public bool IsFromServer { get; init; }

    /// <summary>Whether it is told later than it happened: it was said while this client was away.</summary>
    public bool IsMissed { get; init; }
}
