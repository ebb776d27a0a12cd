using System.Data.Common;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>Outboxes and what was heard of other servers, in tables.</summary>
internal static class SqlOutbox
{
    private const string InsertOutbox =
        "INSERT INTO chat_outboxes (server, outbox, last) VALUES (@server, @outbox, 0) ON CONFLICT (server) DO NOTHING";

    private const string SelectOutbox = "SELECT outbox, last FROM chat_outboxes WHERE server = @server";

    private const string SelectLast = "SELECT last FROM chat_outboxes WHERE server = @server";

    // Before anything is read: two that write for one server would give the same numbers.
    private const string RaiseLast = "UPDATE chat_outboxes SET last = last + @count WHERE server = @server";

    private const string InsertOutgoing =
        "INSERT INTO chat_outgoing (server, number, id) VALUES (@server, @number, @id)";

    private const string DeleteOutgoing = "DELETE FROM chat_outgoing WHERE server = @server AND number <= @upTo";

    private const string SelectOutgoing =
        "SELECT " + SqlMessages.JoinedColumns + ", o.number FROM chat_outgoing o JOIN chat_messages m ON m.id = o.id "
        + "WHERE o.server = @server AND o.number > @after ORDER BY o.number LIMIT @limit";

    private const string SelectHeard = "SELECT name, outbox, last, time FROM chat_heard WHERE server = @server";

    private const string InsertHeard =
        "INSERT INTO chat_heard (server, name, outbox, last, time) VALUES (@server, @name, @outbox, @last, @time) "
        + "ON CONFLICT (server, name) DO UPDATE "
        + "SET outbox = excluded.outbox, last = excluded.last, time = excluded.time";

    private const string SelectNewestTalks =
        "SELECT talk, max(newest) FROM chat_talks GROUP BY talk ORDER BY max(newest) DESC, talk LIMIT @limit";

    public static OutboxState Open(SqlDesk desk, string server, string id) => desk.InTransaction(() =>
    {
        desk.Execute(InsertOutbox, SqlValue.Of("server", server), SqlValue.Of("outbox", id));
        return desk.Read(
            SelectOutbox,
            static row => new OutboxState(row.GetString(0), row.GetInt64(1)),
            SqlValue.Of("server", server))[0];
    });

    public static int Append(SqlDesk desk, string server, IReadOnlyList<StoredMessage> messages, int maxWaiting) =>
        desk.InTransaction(() =>
        {
            desk.Execute(RaiseLast, SqlValue.Of("count", messages.Count), SqlValue.Of("server", server));
            var last = desk.Number(SelectLast, SqlValue.Of("server", server))
                ?? throw new InvalidOperationException($"The outbox of {server} was not opened.");
            SqlMessages.Insert(desk, messages);
            for (var place = 0; place < messages.Count; place++)
            {
                desk.Execute(
                    InsertOutgoing,
                    SqlValue.Of("server", server),
                    SqlValue.Of("number", last - messages.Count + place + 1),
                    SqlValue.Of("id", messages[place].Id));
            }

            return Forget(desk, server, last - maxWaiting);
        });

    public static IReadOnlyList<OutgoingMessage> Read(SqlDesk desk, string server, long after, int limit) => desk.Read(
        SelectOutgoing,
        static row => new OutgoingMessage(row.GetInt64(SqlMessages.ColumnCount), SqlMessages.ToMessage(row)),
        SqlValue.Of("server", server),
        SqlValue.Of("after", after),
        SqlValue.Of("limit", limit));

    public static int Forget(SqlDesk desk, string server, long upTo) =>
        desk.Execute(DeleteOutgoing, SqlValue.Of("server", server), SqlValue.Of("upTo", upTo));

    public static IReadOnlyList<HeardServer> ReadHeard(SqlDesk desk, string server) =>
        desk.Read(SelectHeard, ToHeard, SqlValue.Of("server", server));

    public static int AppendHeard(
        SqlDesk desk, string server, HeardServer heard, IReadOnlyList<StoredMessage> messages) =>
        desk.InTransaction(() =>
        {
            SqlMessages.InsertNew(desk, messages);
            return desk.Execute(
                InsertHeard,
                SqlValue.Of("server", server),
                SqlValue.Of("name", heard.Name),
                SqlValue.Of("outbox", heard.Outbox),
                SqlValue.Of("last", heard.Last),
                SqlValue.Of("time", heard.Time.ToUnixTimeMilliseconds()));
        });

    public static IReadOnlyList<StoredTalk> ReadNewestTalks(SqlDesk desk, int limit) => desk.Read(
        SelectNewestTalks,
        static row => new StoredTalk(row.GetString(0), SqlMessages.ToTime(row.GetInt64(1))),
        SqlValue.Of("limit", limit));

    private static HeardServer ToHeard(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), SqlMessages.ToTime(row.GetInt64(3)));
}
