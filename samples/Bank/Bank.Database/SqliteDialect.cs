using System.Data.Common;
using Bank.Protocol;
using Microsoft.Data.Sqlite;

namespace Bank.Database;

/// <summary>SQLite: one file, one writer at a time, any number of readers beside it.</summary>
internal sealed class SqliteDialect : Dialect
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int DiskFailed = 10;

    // FULL flushes the log at each commit; without it the last transfers are lost with the power.
    private const string Prepare =
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";

    private readonly string _file;
    private readonly string _connectionString;

    static SqliteDialect() => SQLitePCL.Batteries_V2.Init();

    public SqliteDialect(string file)
    {
        _file = file;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
    }

    public override string Name => "sqlite";

    public override int Writers => 1;

    public override int Readers => 2;

    // Whoever writes has the whole file.
    public override string ForUpdate => "";

    public override string CountTables => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @name";

    public override DbConnection Connect()
    {
        MakePrivateFile();
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var prepare = connection.CreateCommand();
            prepare.CommandText = Prepare;
            prepare.ExecuteNonQuery();

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbTransaction BeginReading(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: true);

    // BEGIN IMMEDIATE: a transaction that begins by reading never finds out later that another wrote before it.
    public override DbTransaction BeginWriting(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: false);

    public override void LockTables(Desk desk)
    {
    }

    public override void LockAccounts(Desk desk, IEnumerable<string> numbers)
    {
    }

    public override bool IsLost(DbException error) => Code(error) == DiskFailed;

    public override bool IsPassing(DbException error) => Code(error) is Busy or Locked;

    public override string Spell(string sql) => sql
        .Replace("{text}", "TEXT", StringComparison.Ordinal)
        .Replace("{counted}", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal)
        .Replace("{references transfers}", "REFERENCES transfers (id)", StringComparison.Ordinal);

    public override void Dispose()
    {
    }

    private static int Code(DbException error) => (error as SqliteException)?.SqliteErrorCode ?? 0;

    // What SQLite puts beside the file has its mode.
    private void MakePrivateFile()
    {
        if (!File.Exists(_file))
        {
            using var made = PrivateFile.Open(_file, FileMode.OpenOrCreate);
        }
    }
}
