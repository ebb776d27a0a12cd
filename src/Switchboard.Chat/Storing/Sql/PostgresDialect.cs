using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>PostgreSQL: a server that several chat servers may share.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    // Any number that no other program locks by: "SwCh".
    private const long TablesLock = 0x53774368;

    private readonly NpgsqlDataSource _source;

    public PostgresDialect(NpgsqlConnectionStringBuilder named)
    {
        // Each thread of the store keeps its own connection.
        named.Pooling = false;
        named.ApplicationName ??= "switchboard chat";
        var user = named.Username is null ? "" : $"{named.Username}@";
        Name = $"postgres://{user}{named.Host}:{named.Port}/{named.Database}";
        var builder = new NpgsqlSlimDataSourceBuilder(named.ConnectionString);
        builder.EnableTransportSecurity();
        _source = builder.Build();
    }

    public override string Name { get; }

    public override int Readers => 4;

    // Languages sort differently; bytes do not.
    protected override string OrderedText => "TEXT COLLATE \"C\"";

    protected override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    public override string CountTables =>
        "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(@name)";

    public override DbConnection Connect()
    {
        var connection = Open();
        try
        {
            KeepCommitsDurable(connection);

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override void LockTables(SqlDesk desk) =>
        desk.ExecuteScript($"SELECT pg_advisory_xact_lock({TablesLock})");

    public override bool IsTaken(DbException error) => error.SqlState == PostgresErrorCodes.UniqueViolation;

    public override bool IsLost(DbException error) =>
        error is not PostgresException { SqlState: var state }
        || state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal);

    public override void Dispose() => _source.Dispose();

    protected override (string Why, string Next) Meaning(DbException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => (
            "it refuses the password", "Set PGPASSWORD, or write the password into ~/.pgpass."),
        PostgresErrorCodes.InvalidAuthorizationSpecification => (
            $"it does not let this user in ({Said(error)})", "Its pg_hba.conf says who may come from where."),
        PostgresErrorCodes.InvalidCatalogName => (
            "there is no such database", "Make it: createdb, or CREATE DATABASE."),
        PostgresErrorCodes.InsufficientPrivilege => (
            Said(error), "The user needs CREATE in the schema to make tables, and all rights on those that are there."),
        PostgresErrorCodes.DiskFull => ("its disk is full", "Make room there."),
        PostgresErrorCodes.TooManyConnections => (
            "it has too many connections", "Raise its max_connections, or close others; the chat needs 5."),
        PostgresErrorCodes.UniqueViolation => ("there is a row of that id already", ""),
        PostgresErrorCodes.CannotConnectNow => ("it is starting, stopping or recovering", "Try again soon."),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => (
            Said(error), "Something else keeps these rows; look at pg_stat_activity."),
        null => WithoutAnswer(error),
        _ => ($"{Said(error)} ({error.SqlState})", ""),
    };

    private static (string Why, string Next) WithoutAnswer(DbException error) => error.InnerException switch
    {
        SocketException socket => (socket.Message.TrimEnd('.'), "Is PostgreSQL running there, and does it listen?"),
        TimeoutException => ("it does not answer in time", "Is the address right, and PostgreSQL not overloaded?"),
        _ when error.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => (
            "it asks for a password, and there is none", "Set PGPASSWORD, or write the password into ~/.pgpass."),
        { } inner => ($"{error.Message.TrimEnd('.')}: {inner.Message.TrimEnd('.')}", ""),
        null => (error.Message.TrimEnd('.'), ""),
    };

    private static string Said(DbException error) =>
        error is PostgresException { MessageText: var text } ? text.TrimEnd('.') : error.Message;

    // What the network throws while a name is looked up comes out of the driver as it is.
    private NpgsqlConnection Open()
    {
        try
        {
            return _source.OpenConnection();
        }
        catch (Exception error) when (error is SocketException or IOException or TimeoutException)
        {
            throw new NpgsqlException(error.Message, error);
        }
    }

    // A database may be set to answer before it has written; stronger settings than "on" are left as they are.
    private static void KeepCommitsDurable(NpgsqlConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";
        command.ExecuteNonQuery();
    }
}
