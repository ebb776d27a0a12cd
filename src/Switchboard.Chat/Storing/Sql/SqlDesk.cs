using System.Data.Common;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>One connection and its prepared commands, for one thread. It connects when it is first needed.</summary>
internal sealed class SqlDesk(SqlDialect dialect) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private DbConnection? _connection;
#pragma warning disable CA2213 // Whoever began it ends it: it is never longer than InTransaction.
    private DbTransaction? _transaction;
#pragma warning restore CA2213

    public SqlDialect Dialect => dialect;

    public bool IsConnected => _connection is not null;

    /// <summary>Does some work whole or not at all.</summary>
    /// <exception cref="CommitLostException">Which of both is not known.</exception>
    public T InTransaction<T>(Func<T> work)
    {
        _connection ??= dialect.Connect();
        using var transaction = _connection.BeginTransaction();
        _transaction = transaction;
        try
        {
            var result = work();
            Commit(transaction);

            return result;
        }
        finally
        {
            _transaction = null;
        }
    }

    /// <summary>Changes rows.</summary>
    /// <returns>How many.</returns>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> values) => Prepared(sql, values).ExecuteNonQuery();

    /// <summary>Statements that are needed once.</summary>
    public void ExecuteScript(string script)
    {
        using var command = Connection.CreateCommand();
        command.Transaction = _transaction;
        Spell(command, script);
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<T> Read<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<SqlValue> values)
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
    public long? Number(string sql, params ReadOnlySpan<SqlValue> values)
    {
        var rows = Read(sql, static row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), values);

        return rows is [var number, ..] ? number : null;
    }

    /// <summary>Lets go of the connection: after an error nobody knows what it still holds.</summary>
    public void Disconnect()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
        _connection?.Dispose();
        _connection = null;
    }

    public void Dispose() => Disconnect();

    private DbConnection Connection => _connection ??= dialect.Connect();

    private void Commit(DbTransaction transaction)
    {
        try
        {
            transaction.Commit();
        }
        catch (DbException error) when (dialect.IsLost(error))
        {
            throw new CommitLostException(error);
        }
    }

    private DbCommand Prepared(string sql, ReadOnlySpan<SqlValue> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Prepare(sql, values);
            _prepared.Add(sql, command);
        }

        command.Transaction = _transaction;
        for (var place = 0; place < values.Length; place++)
        {
            command.Parameters[place].Value = values[place].Value ?? DBNull.Value;
        }

        return command;
    }

    private DbCommand Prepare(string sql, ReadOnlySpan<SqlValue> values)
    {
        var command = Connection.CreateCommand();
        command.Transaction = _transaction;
        Spell(command, sql);
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = value.Name;
            parameter.DbType = value.Type;
            parameter.Value = value.Value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        command.Prepare();

        return command;
    }

#pragma warning disable CA2100 // All SQL here is written in this folder; what others wrote is in parameters.
    private void Spell(DbCommand command, string sql) => command.CommandText = dialect.Spell(sql);
#pragma warning restore CA2100
}
