using System.Data.Common;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>Messages and talks in tables.</summary>
internal static class SqlMessages
{
    public const int MaxForgottenTogether = 1000;

    /// <summary>How many columns <see cref="ToMessage"/> reads.</summary>
    public const int ColumnCount = 9;

    /// <summary>The columns of a message where its table is called <c>m</c>.</summary>
    public const string JoinedColumns =
        "m.id, m.time, m.talk, m.source, m.account, m.command, m.target, m.text, m.tags";

    private const string InsertRow =
        "INSERT INTO chat_messages (id, time, talk, source, account, command, target, text, tags) "
        + "VALUES (@id, @time, @talk, @source, @account, @command, @target, @text, @tags)";

    private const string InsertNewRow = InsertRow + " ON CONFLICT (id) DO NOTHING";

    private const string InsertTalk =
        "INSERT INTO chat_talks (member, talk, newest) VALUES (@member, @talk, @newest) "
        + "ON CONFLICT (member, talk) DO UPDATE SET newest = excluded.newest "
        + "WHERE chat_talks.newest < excluded.newest";

    private const string SelectTime = "SELECT time FROM chat_messages WHERE id = @id AND talk = @talk";

    private const string Select =
        "SELECT id, time, talk, source, account, command, target, text, tags FROM chat_messages WHERE talk = @talk";

    private const string SelectTalks =
        "SELECT talk, newest FROM chat_talks WHERE member = @member AND newest > @after AND newest < @before "
        + "ORDER BY newest, talk LIMIT @limit";

    private const string Delete =
        "DELETE FROM chat_messages WHERE id IN "
        + "(SELECT id FROM chat_messages WHERE time < @time ORDER BY time LIMIT @limit {skip locked})";

    private const string DeleteTalks =
        "DELETE FROM chat_talks WHERE (member, talk) IN "
        + "(SELECT member, talk FROM chat_talks WHERE newest < @time LIMIT @limit {skip locked})";

    /// <returns>How many.</returns>
    public static int Append(SqlDesk desk, IReadOnlyList<StoredMessage> messages) =>
        desk.InTransaction(() => Insert(desk, messages));

    /// <summary>Inserts in a transaction of the caller's.</summary>
    public static int Insert(SqlDesk desk, IReadOnlyList<StoredMessage> messages) =>
        Insert(desk, messages, InsertRow);

    /// <summary>The same for messages of which some may be there.</summary>
    public static int InsertNew(SqlDesk desk, IReadOnlyList<StoredMessage> messages) =>
        Insert(desk, messages, InsertNewRow);

    public static IReadOnlyList<StoredMessage> Read(SqlDesk desk, HistoryQuery query)
    {
        if (HistoryBound.Find(query.After, id => TimeOf(desk, query.Talk, id)) is not { } after
            || HistoryBound.Find(query.Before, id => TimeOf(desk, query.Talk, id)) is not { } before)
        {
            return [];
        }

        var order = query.Prefer is HistoryEnd.Newest ? "DESC" : "ASC";
        var rows = desk.Read(
            $"{Select}{after.ConditionAfter}{before.ConditionBefore} ORDER BY time {order}, id {order} LIMIT @limit",
            ToMessage,
            [SqlValue.Of("talk", query.Talk), SqlValue.Of("limit", query.Limit), .. after.After, .. before.Before]);

        return query.Prefer is HistoryEnd.Newest ? [.. rows.Reverse()] : rows;
    }

    public static IReadOnlyList<StoredTalk> ReadTalks(SqlDesk desk, string member, TalkQuery query) => desk.Read(
        SelectTalks,
        static row => new StoredTalk(row.GetString(0), ToTime(row.GetInt64(1))),
        SqlValue.Of("member", member),
        SqlValue.Of("after", query.After.ToUnixTimeMilliseconds()),
        SqlValue.Of("before", StoredRules.FirstMillisecondFrom(query.Before)),
        SqlValue.Of("limit", query.Limit));

    /// <summary>Forgets the oldest of the messages before a time, as many as one transaction should hold.</summary>
    public static int ForgetSome(SqlDesk desk, long before) => DeleteSome(desk, Delete, before);

    /// <summary>Forgets talks of which nothing can be left.</summary>
    public static int ForgetTalks(SqlDesk desk, long before) => DeleteSome(desk, DeleteTalks, before);

    public static StoredMessage ToMessage(DbDataReader row) => new(
        row.GetString(0),
        ToTime(row.GetInt64(1)),
        row.GetString(2),
        row.GetString(3),
        row.IsDBNull(4) ? null : row.GetString(4),
        row.GetString(5),
        row.GetString(6),
        row.GetString(7))
    {
        Tags = row.GetString(8),
    };

    public static DateTimeOffset ToTime(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static int Insert(SqlDesk desk, IReadOnlyList<StoredMessage> messages, string insert)
    {
        foreach (var message in messages)
        {
            desk.Execute(
                insert,
                SqlValue.Of("id", message.Id),
                SqlValue.Of("time", message.Time.ToUnixTimeMilliseconds()),
                SqlValue.Of("talk", message.Talk),
                SqlValue.Of("source", message.Source),
                SqlValue.Of("account", message.Account),
                SqlValue.Of("command", message.Command),
                SqlValue.Of("target", message.Target),
                SqlValue.Of("text", message.Text),
                SqlValue.Of("tags", message.Tags));
        }

        RenewTalks(desk, messages);

        return messages.Count;
    }

    private static int DeleteSome(SqlDesk desk, string delete, long before) => desk.InTransaction(() => desk.Execute(
        delete, SqlValue.Of("time", before), SqlValue.Of("limit", MaxForgottenTogether)));

    // Last, and in one order on every server: two that lock rows in different orders would wait for each other.
    private static void RenewTalks(SqlDesk desk, IReadOnlyList<StoredMessage> messages)
    {
        var talks =
            from message in messages
            from member in TalkName.MembersOf(message.Talk)
            group message.Time by (Member: member, message.Talk) into times
            orderby times.Key.Talk, times.Key.Member
            select (times.Key, Newest: times.Max());

        foreach (var (key, newest) in talks.ToList())
        {
            desk.Execute(
                InsertTalk,
                SqlValue.Of("member", key.Member),
                SqlValue.Of("talk", key.Talk),
                SqlValue.Of("newest", newest.ToUnixTimeMilliseconds()));
        }
    }

    private static long? TimeOf(SqlDesk desk, string talk, string id) =>
        desk.Number(SelectTime, SqlValue.Of("id", id), SqlValue.Of("talk", talk));
}
