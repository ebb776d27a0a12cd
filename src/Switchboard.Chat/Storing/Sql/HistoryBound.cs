namespace Switchboard.Chat.Storing.Sql;

/// <summary>A place in a talk as a condition: none, a time, or a message's time and id.</summary>
internal readonly record struct HistoryBound
{
    private readonly DateTimeOffset? _time;
    private readonly (long Time, string Id)? _message;

    private HistoryBound(DateTimeOffset? time, (long Time, string Id)? message) => (_time, _message) = (time, message);

    public string ConditionAfter => this switch
    {
        { _message: not null } => " AND (time, id) > (@after, @afterId)",
        { _time: not null } => " AND time > @after",
        _ => "",
    };

    public string ConditionBefore => this switch
    {
        { _message: not null } => " AND (time, id) < (@before, @beforeId)",
        { _time: not null } => " AND time < @before",
        _ => "",
    };

    /// <summary>The parameters of <see cref="ConditionAfter"/>.</summary>
    public IEnumerable<SqlValue> After => Values("after", _time?.ToUnixTimeMilliseconds());

    /// <summary>The parameters of <see cref="ConditionBefore"/>.</summary>
    public IEnumerable<SqlValue> Before =>
        Values("before", _time is { } time ? StoredRules.FirstMillisecondFrom(time) : null);

    /// <summary>The condition of a place; null if it is at a message that is not kept.</summary>
    public static HistoryBound? Find(HistoryPlace? place, Func<string, long?> timeOf) => place switch
    {
        null => new(null, null),
        { Id: null } => new(place.Time, null),
        { Id: var id } => timeOf(id) is { } time ? new(null, (time, id)) : null,
    };

    private IEnumerable<SqlValue> Values(string name, long? time) => this switch
    {
        { _message: { } message } => [SqlValue.Of(name, message.Time), SqlValue.Of($"{name}Id", message.Id)],
        { _time: not null } => [SqlValue.Of(name, time)],
        _ => [],
    };
}
