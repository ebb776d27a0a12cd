namespace Switchboard.Chat;

/// <summary>Something that happened in a chat, in the order in which it became known here.</summary>
/// <param name="Time">When, in UTC: as the server says, or else when it was heard of here.</param>
public abstract record ChatEvent(DateTimeOffset Time)
{
    /// <summary>Whether it is about this client itself: it said so, it came, left, or changed the topic.</summary>
    public bool IsOwn { get; init; }
}
