using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Bank.Database;

/// <summary>PostgreSQL: several application servers may share it.</summary>
internal sealed class PostgresDialect : Dialect
{
    // Any number that no other program locks by: "Bank".
    private const long TablesLock = 0x42616E6B;

    private readonly NpgsqlDataSource _source;

    public PostgresDialect(string connectionString)
    {
        // Each thread keeps its own connection.
        var named = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        named.ApplicationName ??= "bank";
        _source = NpgsqlDataSource.Create(named);
    }

    public override string Name => "postgres";

    public override int Writers => 4;

    public override int Readers => 4;

    public override string ForUpdate => "FOR UPDATE";

    public override string CountTables => "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(@name)";

    public override DbConnection Connect()
    {
        try
        {
            var connection = _source.OpenConnection();
            KeepCommitsDurable(connection);

            return connection;
        }
        catch (Exception error) when (error is SocketException or IOException or TimeoutException)
        {
            // What the network throws while a name is looked up comes out of the driver as it is.
            throw new NpgsqlException(error.Message, error);
        }
    }

    public override DbTransaction BeginReading(DbConnection connection) =>
        connection.BeginTransaction(IsolationLevel.RepeatableRead);

    // Read committed is enough: every rule reads rows that it has locked before.
    public override DbTransaction BeginWriting(DbConnection connection) =>
        connection.BeginTransaction(IsolationLevel.ReadCommitted);

    public override void LockTables(Desk desk) =>
        desk.ExecuteScript($"SELECT pg_advisory_xact_lock({TablesLock})");

    public override void LockAccounts(Desk desk, IEnumerable<string> numbers) => desk.Execute(
        "SELECT 1 FROM accounts WHERE number = ANY(@numbers) ORDER BY number FOR UPDATE",
        ("numbers", numbers.ToArray()));

    public override bool IsLost(DbException error) =>
        error is not PostgresException { SqlState: var state }
        || state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal);

    // Two with the same key at the same time: the second try finds what the first has answered.
    public override bool IsPassing(DbException error) => error.SqlState is PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation;

    // Languages sort differently; bytes do not.
    public override string Spell(string sql) => sql
        .Replace("{text}", "TEXT COLLATE \"C\"", StringComparison.Ordinal)
        .Replace("{counted}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", StringComparison.Ordinal)
        .Replace("{references transfers}", "", StringComparison.Ordinal);

    public override void Dispose() => _source.Dispose();

    // A database may be set to answer before it has written.
    private static void KeepCommitsDurable(NpgsqlConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";
        command.ExecuteNonQuery();
    }
}
