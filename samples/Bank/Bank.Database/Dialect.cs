using System.Data.Common;

namespace Bank.Database;

/// <summary>
/// Where the two databases differ: how one connects and locks, a few words of SQL, what an error means.
/// </summary>
internal abstract class Dialect : IDisposable
{
    /// <summary>Which files of the migrations are for this one only: <c>0002-guards.sqlite.sql</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How many threads write at the same time, each with a connection of its own.</summary>
    public abstract int Writers { get; }

    /// <summary>How many threads read at the same time.</summary>
    public abstract int Readers { get; }

    /// <summary>Behind a SELECT: nobody else changes these rows until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Whether there is a table of this name; a parameter <c>@name</c>.</summary>
    public abstract string CountTables { get; }

    /// <summary>Which database a connection string names, without asking it anything.</summary>
    /// <param name="database">
    /// A connection string of Npgsql, such as <c>Host=…;Database=…</c>; else SQLite's file.
    /// </param>
    public static Dialect Of(string database) =>
        database.Contains('=', StringComparison.Ordinal) ? new PostgresDialect(database) : new SqliteDialect(database);

    /// <summary>A new connection, made so that what it commits outlives the machine's power.</summary>
    public abstract DbConnection Connect();

    /// <summary>A transaction that sees one state of the database all the time.</summary>
    public abstract DbTransaction BeginReading(DbConnection connection);

    /// <summary>A transaction that may write.</summary>
    public abstract DbTransaction BeginWriting(DbConnection connection);

    /// <summary>Waits, in a transaction, until nobody else changes tables.</summary>
    public abstract void LockTables(Desk desk);

    /// <summary>
    /// Locks accounts in the order of their numbers, so that no two transactions wait for each other.
    /// </summary>
    public abstract void LockAccounts(Desk desk, IEnumerable<string> numbers);

    /// <summary>Whether the connection broke, so that what the database did last is not known.</summary>
    public abstract bool IsLost(DbException error);

    /// <summary>Whether the same transaction may well succeed if it is tried again.</summary>
    public abstract bool IsPassing(DbException error);

    /// <summary>SQL as this database spells it.</summary>
    public abstract string Spell(string sql);

    public abstract void Dispose();
}
