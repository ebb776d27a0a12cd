using System.Data;
using System.Data.Common;
using Bank.Protocol;
using Microsoft.Data.Sqlite;

namespace Switchboard.Bench.Bank;

/// <summary>
/// One connection and the prepared statements of one transfer: those of the application tier, letter by letter.
/// </summary>
internal sealed class PlainConnection : IDisposable
{
    private const string InsertEntries =
        """
        INSERT INTO entries (account, number, transfer, side, amount, balance, time, other, other_name, search)
        VALUES
          (@payer, @payerEntry, @id, 0, @debit, @payerBalance, @time, @payee, @payeeName, @payerSearch),
          (@payee, @payeeEntry, @id, 1, @amount, @payeeBalance, @time, @payer, @payerName, @payeeSearch)
        """;

    private readonly DbConnection _connection;
    private readonly bool _isPostgres;
    private readonly string _worker;
    private readonly Random _chance;
#pragma warning disable CA2213 // They end with their connection.
    private readonly DbCommand _token;
    private readonly DbCommand _accounts;
    private readonly DbCommand _answer;
    private readonly DbCommand _addTransfer;
    private readonly DbCommand _addEntries;
    private readonly DbCommand _update;
    private readonly DbCommand _audit;
    private readonly DbCommand _addAnswer;
#pragma warning restore CA2213
    private int _number;

    public PlainConnection(DbConnection connection, bool isPostgres, int worker)
    {
        _connection = connection;
        _isPostgres = isPostgres;
        _worker = $"plain-{worker}";
        _chance = new Random(worker);
        _token = Prepare(
            """
            SELECT c.name, c.full_name, c.is_officer, c.password, c.totp_secret, c.totp_step, t.used
            FROM tokens t JOIN customers c ON c.name = t.customer
            WHERE t.hash = @hash AND t.expires > @now AND t.used > @usedAfter
            """,
            ("hash", ""), ("now", 0L), ("usedAfter", 0L));
        _accounts = Prepare(
            $"""
            SELECT number, owner, kind, balance, overdraft, entries, daily_limit, spent, spent_day, is_frozen,
              (SELECT count(*) FROM holders h WHERE h.account = number AND h.customer = @customer)
            FROM accounts WHERE number IN (@one, @other) ORDER BY number {(isPostgres ? "FOR UPDATE" : "")}
            """,
            ("customer", ""), ("one", ""), ("other", ""));
        _answer = Prepare(
            "SELECT fingerprint, answer FROM answers WHERE customer = @customer AND idempotency_key = @key",
            ("customer", ""), ("key", ""));
        _addTransfer = Prepare(
            """
            INSERT INTO transfers (id, time, payer, payee, amount, debit, reference, category, customer)
            VALUES (@id, @time, @payer, @payee, @amount, @debit, 'Bench', 'Other', @customer)
            """,
            ("id", ""), ("time", 0L), ("payer", ""), ("payee", ""), ("amount", 0L), ("debit", 0L), ("customer", ""));
        _addEntries = Prepare(
            InsertEntries,
            ("payer", ""), ("payerEntry", 0L), ("id", ""), ("debit", 0L), ("payerBalance", 0L), ("time", 0L),
            ("payee", ""), ("payeeName", ""), ("payerSearch", ""), ("payeeEntry", 0L), ("amount", 0L),
            ("payeeBalance", 0L), ("payerName", ""), ("payeeSearch", ""));
        _update = Prepare(
            """
            UPDATE accounts SET
              balance = CASE WHEN number = @payer THEN balance - @amount ELSE balance + @amount END,
              entries = entries + 1,
              spent = CASE WHEN number = @payer THEN @spent ELSE spent END,
              spent_day = CASE WHEN number = @payer THEN @day ELSE spent_day END
            WHERE number = @payer OR number = @payee
            """,
            ("payer", ""), ("amount", 0L), ("spent", 0L), ("day", 0L), ("payee", ""));
        _audit = Prepare(
            """
            INSERT INTO audit (time, who, action, subject, details)
            VALUES (@time, @who, 'transfer', @subject, @details)
            """,
            ("time", 0L), ("who", ""), ("subject", ""), ("details", ""));
        _addAnswer = Prepare(
            """
            INSERT INTO answers (customer, idempotency_key, fingerprint, answer)
            VALUES (@customer, @key, @fingerprint, @answer)
            """,
            ("customer", ""), ("key", ""), ("fingerprint", ""), ("answer", ""));
    }

    public void Transfer()
    {
        var asked = Books.Next(_chance, _worker, ++_number);
        var now = TimeProvider.System.GetUtcNow();
        var (time, id) = (now.ToUnixTimeMilliseconds(), Books.NewId(now));
        using var transaction = _isPostgres
            ? _connection.BeginTransaction(IsolationLevel.ReadCommitted)
            : ((SqliteConnection)_connection).BeginTransaction(deferred: false);
        var customer = (string)Rows(transaction, _token, Books.HashOf(asked.Token!), time, time - 900_000)[0][0];
        var rows = Rows(transaction, _accounts, customer, asked.From, asked.To);
        var (payer, payee) = (string)rows[0][0] == asked.From ? (rows[0], rows[1]) : (rows[1], rows[0]);
        Rows(transaction, _answer, customer, asked.Key);
        Execute(transaction, _addTransfer, id, time, asked.From, asked.To, asked.Amount, -asked.Amount, customer);
        Execute(
            transaction, _addEntries, asked.From, (long)payer[5] + 1, id, -asked.Amount, (long)payer[3] - asked.Amount,
            time, asked.To, payee[1], $"bench {payee[1]} {asked.To}", (long)payee[5] + 1, asked.Amount,
            (long)payee[3] + asked.Amount, payer[1], $"bench {payer[1]} {asked.From}");
        var day = (long)DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
        Execute(transaction, _update, asked.From, asked.Amount, (long)payer[7] + asked.Amount, day, asked.To);
        Execute(transaction, _audit, time, customer, asked.From, $"{asked.Amount} to {asked.To}, transfer {id}.");
        var answer = new BankReply.Transferred(id, false, now, (long)payer[3] - asked.Amount);
        Execute(transaction, _addAnswer, customer, asked.Key, Books.HashOf(asked.Key), BankFrame.ToText(answer));
        transaction.Commit();
    }

    public void Dispose() => _connection.Dispose();

    private static void Execute(DbTransaction transaction, DbCommand command, params ReadOnlySpan<object> values) =>
        Bind(transaction, command, values).ExecuteNonQuery();

    private static List<object[]> Rows(DbTransaction transaction, DbCommand command, params ReadOnlySpan<object> values)
    {
        using var reader = Bind(transaction, command, values).ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    private static DbCommand Bind(DbTransaction transaction, DbCommand command, ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var place = 0; place < values.Length; place++)
        {
            command.Parameters[place].Value = values[place];
        }

        return command;
    }

#pragma warning disable CA2100 // The statements are those above.
    private DbCommand Prepare(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        command.Prepare();

        return command;
    }
}
