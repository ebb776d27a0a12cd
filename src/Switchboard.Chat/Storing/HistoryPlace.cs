namespace Switchboard.Chat;

/// <summary>
/// A place in a talk: a message by its id, or a time. A message stands neither before nor behind its own place; an id
/// that the talk does not keep (any more) is an empty answer.
/// </summary>
public sealed record HistoryPlace
{
    private HistoryPlace(string? id, DateTimeOffset? time) => (Id, Time) = (id, time);

    /// <summary>The message's id; null for a time.</summary>
    public string? Id { get; }

    /// <summary>The time; null for an id.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Where a message stands.</summary>
    public static HistoryPlace OfMessage(string id) => new(id, null);

    /// <summary>Messages of exactly this time stand at it, neither before nor behind.</summary>
    public static HistoryPlace OfTime(DateTimeOffset time) => new(null, time);
}
