using System.Data.Common;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>Where the databases differ: how one connects, a few words of SQL, and what an error means.</summary>
internal abstract class SqlDialect : IDisposable
{
    /// <summary>Which database, for messages: without a password.</summary>
    public abstract string Name { get; }

    /// <summary>How many threads read at the same time.</summary>
    public abstract int Readers { get; }

    /// <summary>The type of text whose order is that of its bytes, as in the memory store.</summary>
    protected abstract string OrderedText { get; }

    /// <summary>Behind a query for rows to delete: those that another server deletes just now are left to it.</summary>
    protected abstract string SkipLocked { get; }

    /// <summary>Whether there is a table of this name; a parameter <c>@name</c>.</summary>
    public abstract string CountTables { get; }

    /// <summary>A new connection, made so that what it commits outlives the machine's power.</summary>
    public abstract DbConnection Connect();

    /// <summary>Waits, in a transaction, until nobody else changes tables; refuses what is another program's.</summary>
    public abstract void LockTables(SqlDesk desk);

    /// <summary>Whether the database refused a row because there is one of that key.</summary>
    public abstract bool IsTaken(DbException error);

    /// <summary>Whether the connection broke, so that what the database did last is not known.</summary>
    public abstract bool IsLost(DbException error);

    /// <summary>Why it failed, and what helps.</summary>
    protected abstract (string Why, string Next) Meaning(DbException error);

    /// <summary>SQL as this database spells it.</summary>
    public string Spell(string sql) => sql
        .Replace("{text}", OrderedText, StringComparison.Ordinal)
        .Replace("{skip locked}", SkipLocked, StringComparison.Ordinal);

    /// <summary>An error in words.</summary>
    /// <param name="doing">What was to be done: <c>read messages</c>.</param>
    /// <param name="error">What the driver threw.</param>
    public ChatStoreException Explain(string doing, DbException error)
    {
        var (why, next) = Meaning(error);

        return new ChatStoreException($"Cannot {doing} in {Name}: {why}. {next}".TrimEnd(), error);
    }

    public abstract void Dispose();
}
