using System.Data;
using System.Data.Common;

namespace Bank.Database;

/// <summary>One connection and its prepared commands, for one thread. It connects when it is first needed.</summary>
public sealed class Desk : IDisposable
{
    private readonly Dialect _dialect;
    private readonly Action<string>? _trace;
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private DbConnection? _connection;
    private DbTransaction? _transaction;

    internal Desk(Dialect dialect, Action<string>? trace)
    {
        _dialect = dialect;
        _trace = trace;
    }

    /// <summary>
    /// How often something was written; whoever finds it changed knows that a refusal comes too late.
    /// </summary>
    internal long Writes { get; private set; }

    internal string ForUpdate => _dialect.ForUpdate;

    /// <summary>Reads one state of the database.</summary>
    internal T Reading<T>(Func<T> work)
    {
        using var transaction = _dialect.BeginReading(Ready());

        return In(transaction, work);
    }

    /// <summary>Does some work whole or not at all.</summary>
    /// <exception cref="CommitLostException">Which of both is not known.</exception>
    internal T Writing<T>(Func<T> work)
    {
        using var transaction = _dialect.BeginWriting(Ready());
        _trace?.Invoke("BEGIN");
        var result = In(transaction, work);
        Commit(transaction);

        return result;
    }

    /// <summary>Changes rows.</summary>
    /// <returns>How many.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        Writes++;

        return Prepared(sql, values).ExecuteNonQuery();
    }

    public List<T> Read<T>(
        string sql, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var reader = Prepared(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>The one number that a query answers; null if it answers none.</summary>
    public long? Number(string sql, params ReadOnlySpan<(string Name, object Value)> values) =>
        Prepared(sql, values).ExecuteScalar() is { } number and not DBNull
            ? Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <summary>Statements that are needed once.</summary>
    internal void ExecuteScript(string script)
    {
        using var command = Connection.CreateCommand();
        command.Transaction = _transaction;
        Spell(command, script);
        command.ExecuteNonQuery();
    }

    internal void LockAccounts(IEnumerable<string> numbers) => _dialect.LockAccounts(this, numbers);

    /// <summary>Lets go of the connection: after an error nobody knows what it still holds.</summary>
    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
        _connection?.Dispose();
        _connection = null;
    }

    private DbConnection Connection => _connection ??= _dialect.Connect();

    // A connection that broke while it rolled a transaction back has told nobody.
    private DbConnection Ready()
    {
        if (_connection is { State: not ConnectionState.Open })
        {
            Dispose();
        }

        return Connection;
    }

    private T In<T>(DbTransaction transaction, Func<T> work)
    {
        _transaction = transaction;
        try
        {
            return work();
        }
        finally
        {
            _transaction = null;
        }
    }

    private void Commit(DbTransaction transaction)
    {
        try
        {
            transaction.Commit();
            _trace?.Invoke("COMMIT");
        }
        catch (DbException error) when (_dialect.IsLost(error))
        {
            throw new CommitLostException(error);
        }
    }

    private DbCommand Prepared(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Prepare(sql, values);
            _prepared.Add(sql, command);
        }

        command.Transaction = _transaction;
        for (var place = 0; place < values.Length; place++)
        {
            command.Parameters[place].Value = values[place].Value;
        }

        _trace?.Invoke(Shown(sql, values));

        return command;
    }

    private DbCommand Prepare(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = Connection.CreateCommand();
        command.Transaction = _transaction;
        Spell(command, sql);
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        command.Prepare();

        return command;
    }

#pragma warning disable CA2100 // All SQL is written in this project; what others wrote is in parameters.
    private void Spell(DbCommand command, string sql) => command.CommandText = _dialect.Spell(sql);
#pragma warning restore CA2100

    private static string Shown(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        var shown = new System.Text.StringBuilder(sql);
        foreach (var (name, value) in values)
        {
            shown.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n    @{name} = {value}");
        }

        return shown.ToString();
    }
}
