using System.Data.Common;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>Accounts in a table.</summary>
internal static class SqlAccounts
{
    private const string Select = "SELECT name, shown, password, certificate, created, last_seen FROM chat_accounts";

    private const string SelectByName = $"{Select} WHERE name = @name";

    private const string SelectByCertificate =
        $"{Select} WHERE certificate = @certificate ORDER BY created, name LIMIT 1";

    private const string Insert =
        "INSERT INTO chat_accounts (name, shown, password, certificate, created, last_seen) "
        + "VALUES (@name, @shown, @password, @certificate, @created, @seen) ON CONFLICT (name) DO NOTHING";

    // An empty text is never kept, and so it can stand for none.
    private const string Update =
        "UPDATE chat_accounts SET shown = @shown, password = @password, certificate = @certificate "
        + "WHERE name = @name AND shown = @knownShown AND COALESCE(password, '') = @knownPassword "
        + "AND COALESCE(certificate, '') = @knownCertificate";

    private const string UpdateSeen =
        "UPDATE chat_accounts SET last_seen = "
        + "CASE WHEN last_seen IS NULL OR last_seen < @seen THEN @seen ELSE last_seen END WHERE name = @name";

    public static StoredAccount? Find(SqlDesk desk, string name) =>
        desk.Read(SelectByName, ToAccount, SqlValue.Of("name", name)).SingleOrDefault();

    public static StoredAccount? FindByCertificate(SqlDesk desk, string certificate) =>
        desk.Read(SelectByCertificate, ToAccount, SqlValue.Of("certificate", certificate)).SingleOrDefault();

    public static bool TryAdd(SqlDesk desk, StoredAccount account) => desk.InTransaction(() => desk.Execute(
        Insert,
        SqlValue.Of("name", account.Name),
        SqlValue.Of("shown", account.Shown),
        SqlValue.Of("password", account.Password),
        SqlValue.Of("certificate", account.Certificate),
        SqlValue.Of("created", account.Created.ToUnixTimeMilliseconds()),
        SqlValue.Of("seen", account.LastSeen?.ToUnixTimeMilliseconds()))) == 1;

    public static bool TryChange(SqlDesk desk, StoredAccount known, StoredAccount changed) =>
        desk.InTransaction(() => desk.Execute(
            Update,
            SqlValue.Of("name", known.Name),
            SqlValue.Of("shown", changed.Shown),
            SqlValue.Of("password", changed.Password),
            SqlValue.Of("certificate", changed.Certificate),
            SqlValue.Of("knownShown", known.Shown),
            SqlValue.Of("knownPassword", known.Password ?? ""),
            SqlValue.Of("knownCertificate", known.Certificate ?? ""))) == 1;

    public static bool MarkSeen(SqlDesk desk, string name, long time) => desk.InTransaction(() => desk.Execute(
        UpdateSeen, SqlValue.Of("name", name), SqlValue.Of("seen", time))) == 1;

    private static StoredAccount ToAccount(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? null : row.GetString(3),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
}
