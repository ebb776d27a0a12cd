using System.Data.Common;
using Bank.Protocol;

namespace Bank.Database;

/// <summary>What the ledger tells about accounts.</summary>
public static class Statements
{
    private const long MillisecondsOfDay = 86_400_000;
    private const int MaxPayees = 50;

    private const string SelectAccounts =
        "SELECT number, name, balance, overdraft, daily_limit, spent, spent_day, is_frozen FROM accounts a ";

    /// <summary>The accounts that a customer holds.</summary>
    public static IReadOnlyList<BankReply.Account> AccountsOf(Desk desk, string customer, DateOnly today) =>
        WithHolders(desk, desk.Read(
            SelectAccounts + "JOIN holders h ON h.account = a.number WHERE h.customer = @customer ORDER BY number",
            row => ToAccount(row, today),
            ("customer", customer)));

    /// <summary>A page of all customers' accounts.</summary>
    public static IReadOnlyList<BankReply.Account> All(Desk desk, string after, int take, DateOnly today) =>
        WithHolders(desk, desk.Read(
            SelectAccounts + "WHERE kind = 0 AND number > @after ORDER BY number LIMIT @take",
            row => ToAccount(row, today),
            ("after", after),
            ("take", take)));

    /// <summary>A customer's account; null if there is none of this number.</summary>
    public static BankReply.Account? Find(Desk desk, string number, DateOnly today) =>
        WithHolders(desk, desk.Read(
            SelectAccounts + "WHERE kind = 0 AND number = @number",
            row => ToAccount(row, today),
            ("number", number))).SingleOrDefault();

    /// <summary>Entries, the newest first: one more than asked for, if there are more.</summary>
    public static List<BankReply.Entry> Entries(Desk desk, BankRequest.Statement asked)
    {
        var sql = new System.Text.StringBuilder(
            """
            SELECT e.number, e.time, e.amount, e.balance, e.other, e.other_name, t.reference, t.category, e.transfer
            FROM entries e JOIN transfers t ON t.id = e.transfer WHERE e.account = @account
            """);
        List<(string, object)> values = [("account", asked.Account)];
        Narrow(" AND e.number < @before", "before", asked.Before);
        Narrow(" AND e.time >= @from", "from", asked.From?.ToUnixTimeMilliseconds());
        Narrow(" AND e.time < @to", "to", asked.To?.ToUnixTimeMilliseconds());
        Narrow(" AND t.category = @category", "category", asked.Category?.ToString());
        Narrow(" AND e.search LIKE @search ESCAPE '!'", "search", asked.Search is null ? null : Pattern(asked.Search));
        sql.Append(" ORDER BY e.number DESC LIMIT @take");
        values.Add(("take", asked.Take + 1));

        return desk.Read(sql.ToString(), ToEntry, [.. values]);

        void Narrow(string condition, string name, object? value)
        {
            if (value is not null)
            {
                sql.Append(condition);
                values.Add((name, value));
            }
        }
    }

    /// <summary>The balance at the end of each day; before the first entry it is zero.</summary>
    public static IReadOnlyList<BankReply.BalancePoint> History(
        Desk desk, string account, DateOnly first, DateOnly last)
    {
        var start = Milliseconds(first);
        var before = desk.Read(
            "SELECT balance FROM entries WHERE account = @account AND time < @start ORDER BY number DESC LIMIT 1",
            row => row.GetInt64(0),
            ("account", account),
            ("start", start));
        var ends = desk.Read(
            $"""
            SELECT time / {MillisecondsOfDay}, balance FROM entries WHERE account = @account AND number IN
              (SELECT max(number) FROM entries
               WHERE account = @account AND time >= @start AND time < @end GROUP BY time / {MillisecondsOfDay})
            """,
            row => (Day: row.GetInt64(0), Balance: row.GetInt64(1)),
            ("account", account),
            ("start", start),
            ("end", Milliseconds(last.AddDays(1)))).ToDictionary(end => end.Day, end => end.Balance);

        var balance = before is [var earlier] ? earlier : 0;
        var points = new List<BankReply.BalancePoint>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            balance = ends.GetValueOrDefault(Milliseconds(day) / MillisecondsOfDay, balance);
            points.Add(new BankReply.BalancePoint(day, balance));
        }

        return points;
    }

    /// <summary>What has left a customer's accounts for others since a day, by category, the most first.</summary>
    public static IReadOnlyList<BankReply.Spent> Spending(Desk desk, string customer, DateOnly first) => desk.Read(
        """
        SELECT t.category, CAST(sum(t.amount) AS BIGINT) FROM entries e JOIN transfers t ON t.id = e.transfer
        WHERE e.side = 0 AND e.time >= @start
          AND e.account IN (SELECT account FROM holders WHERE customer = @customer)
          AND e.other NOT IN (SELECT account FROM holders WHERE customer = @customer)
        GROUP BY t.category ORDER BY 2 DESC, 1
        """,
        row => new BankReply.Spent(Enum.Parse<Category>(row.GetString(0)), row.GetInt64(1)),
        ("start", Milliseconds(first)),
        ("customer", customer));

    /// <summary>Whom the customer's accounts have paid, the last first, without the own accounts.</summary>
    public static IReadOnlyList<BankReply.Payee> Payees(Desk desk, string customer) => desk.Read(
        """
        SELECT e.other, e.other_name FROM entries e
        WHERE e.side = 0 AND e.account IN (SELECT account FROM holders WHERE customer = @customer)
          AND e.other NOT IN (SELECT account FROM holders WHERE customer = @customer)
        GROUP BY e.other, e.other_name ORDER BY max(e.time) DESC, e.other LIMIT @take
        """,
        row => new BankReply.Payee(row.GetString(0), row.GetString(1)),
        ("customer", customer),
        ("take", MaxPayees));

    private static List<BankReply.Account> WithHolders(Desk desk, List<BankReply.Account> accounts) =>
        accounts.ConvertAll(account => account with
        {
            Holders = desk.Read(
                """
                SELECT c.full_name FROM holders h JOIN customers c ON c.name = h.customer
                WHERE h.account = @account ORDER BY c.full_name
                """,
                row => row.GetString(0),
                ("account", account.Number)),
        });

    // What has a meaning in a pattern loses it.
    private static string Pattern(string search) =>
        $"%{Ledger.Fold(search).Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    private static long Milliseconds(DateOnly day) =>
        new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static BankReply.Account ToAccount(DbDataReader row, DateOnly today) => new(
        row.GetString(0),
        row.GetString(1),
        [],
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetInt64(4),
        row.GetInt64(6) == today.DayNumber ? row.GetInt64(5) : 0,
        row.GetInt64(7) == 1);

    private static BankReply.Entry ToEntry(DbDataReader row) => new(
        row.GetInt64(0),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetString(4),
        row.GetString(5),
        row.GetString(6),
        Enum.Parse<Category>(row.GetString(7)),
        row.GetString(8));
}
