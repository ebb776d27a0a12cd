using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Switchboard.Bench.Bank;

/// <summary>
/// The statements of a transfer, prepared, in a transaction each, by threads that do nothing else: what the application
/// tier is measured against. There is no request here, no rule, no TLS, and no other process.
/// </summary>
internal sealed class PlainLoop : ISubject
{
    private readonly List<PlainConnection> _connections;
    private readonly bool _isPostgres;

    public PlainLoop(string database, int atOnce)
    {
        _isPostgres = database.Contains('=', StringComparison.Ordinal);
        _connections =
        [
            .. Enumerable.Range(0, atOnce)
                .Select(worker => new PlainConnection(Connect(database), _isPostgres, worker)),
        ];
    }

    public string Name => _connections.Count == 1 ? "plain loop" : $"{_connections.Count} plain loops";

    public Task<Sample> MeasureAsync(TimeSpan length) => Sample.TakeAsync(_connections.Count, length, worker =>
    {
        _connections[worker].Transfer();
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        return ValueTask.CompletedTask;
    }

    private DbConnection Connect(string database)
    {
        DbConnection connection = _isPostgres
            ? new NpgsqlConnection($"{database};Pooling=false")
            : new SqliteConnection($"Data Source={database};Pooling=false");
        connection.Open();
        if (!_isPostgres)
        {
            using var prepare = connection.CreateCommand();
            prepare.CommandText =
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                + "PRAGMA foreign_keys = ON";
            prepare.ExecuteNonQuery();
        }

        return connection;
    }
}
