using System.Data.Common;
using Bank.Protocol;

namespace Bank.Database;

/// <summary>
/// Accounts and the transfers between them. Whoever posts has checked the rules against rows that are locked.
/// </summary>
public static class Ledger
{
    private const string AccountColumns =
        "number, owner, kind, balance, overdraft, entries, daily_limit, spent, spent_day, is_frozen";

    private const string InsertTransfer =
        """
        INSERT INTO transfers (id, time, payer, payee, amount, debit, reference, category, customer)
        VALUES (@id, @time, @payer, @payee, @amount, @debit, @reference, @category, @customer)
        """;

    private const string InsertEntries =
        """
        INSERT INTO entries (account, number, transfer, side, amount, balance, time, other, other_name, search)
        VALUES
          (@payer, @payerEntry, @id, 0, @debit, @payerBalance, @time, @payee, @payeeName, @payerSearch),
          (@payee, @payeeEntry, @id, 1, @amount, @payeeBalance, @time, @payer, @payerName, @payeeSearch)
        """;

    private const string UpdateAccounts =
        """
        UPDATE accounts SET
          balance = CASE WHEN number = @payer THEN balance - @amount ELSE balance + @amount END,
          entries = entries + 1,
          spent = CASE WHEN number = @payer THEN @spent ELSE spent END,
          spent_day = CASE WHEN number = @payer THEN @day ELSE spent_day END
        WHERE number = @payer OR number = @payee
        """;

    /// <summary>Locks two accounts in the order of their numbers; those that do not exist are left out.</summary>
    /// <param name="customer">For whom: see <see cref="AccountRow.IsHeld"/>.</param>
    public static IReadOnlyList<AccountRow> Lock(Desk desk, string one, string other, string customer) => desk.Read(
        $"""
        SELECT {AccountColumns},
          (SELECT count(*) FROM holders h WHERE h.account = number AND h.customer = @customer)
        FROM accounts WHERE number IN (@one, @other) ORDER BY number {desk.ForUpdate}
        """,
        ToAccount,
        ("customer", customer),
        ("one", one),
        ("other", other));

    /// <summary>Moves the money: the transfer, its two entries and both balances.</summary>
    /// <returns>The payer's balance behind it.</returns>
    public static long Post(Desk desk, NewTransfer transfer)
    {
        var (payer, payee, amount) = (transfer.Payer, transfer.Payee, transfer.Amount);
        var time = transfer.Time.ToUnixTimeMilliseconds();
        desk.Execute(
            InsertTransfer,
            ("id", transfer.Id),
            ("time", time),
            ("payer", payer.Number),
            ("payee", payee.Number),
            ("amount", amount),
            ("debit", -amount),
            ("reference", transfer.Reference),
            ("category", transfer.Category.ToString()),
            ("customer", transfer.Customer));
        desk.Execute(
            InsertEntries,
            ("payer", payer.Number),
            ("payerEntry", payer.Entries + 1),
            ("id", transfer.Id),
            ("debit", -amount),
            ("payerBalance", checked(payer.Balance - amount)),
            ("time", time),
            ("payee", payee.Number),
            ("payeeName", payee.Owner),
            ("payerSearch", Folded(transfer.Reference, payee)),
            ("payeeEntry", payee.Entries + 1),
            ("amount", amount),
            ("payeeBalance", checked(payee.Balance + amount)),
            ("payerName", payer.Owner),
            ("payeeSearch", Folded(transfer.Reference, payer)));
        var day = DateOnly.FromDateTime(transfer.Time.UtcDateTime);
        var spent = transfer.CountsToLimit ? amount : 0;
        desk.Execute(
            UpdateAccounts,
            ("payer", payer.Number),
            ("amount", amount),
            ("spent", checked(payer.SpentOn(day) + spent)),
            ("day", (long)day.DayNumber),
            ("payee", payee.Number));

        return payer.Balance - amount;
    }

    public static bool IsHolder(Desk desk, string account, string customer) => desk.Number(
        "SELECT count(*) FROM holders WHERE account = @account AND customer = @customer",
        ("account", account),
        ("customer", customer)) == 1;

    /// <summary>What may be read of a search's text: small letters, wherever the letters are from.</summary>
    public static string Fold(string text) => text.ToLowerInvariant();

    /// <summary>Opens an account without money.</summary>
    /// <param name="isBanks">Whether it is the bank's own, which has no floor.</param>
    public static void Open(
        Desk desk, BankReply.Account account, IReadOnlyList<string> customers, bool isBanks = false)
    {
        desk.Execute(
            $"""
            INSERT INTO accounts ({AccountColumns}, name)
            VALUES (@number, @owner, @kind, 0, @overdraft, 0, @limit, 0, 0, 0, @name)
            """,
            ("number", account.Number),
            ("owner", string.Join(" & ", account.Holders)),
            ("kind", isBanks ? 1L : 0L),
            ("overdraft", account.Overdraft),
            ("limit", account.DailyLimit),
            ("name", account.Name));
        foreach (var customer in customers)
        {
            desk.Execute(
                "INSERT INTO holders (account, customer) VALUES (@account, @customer)",
                ("account", account.Number),
                ("customer", customer));
        }
    }

    /// <returns>False if there is no such account of a customer.</returns>
    public static bool TrySetFrozen(Desk desk, string account, bool isFrozen) => desk.Execute(
        "UPDATE accounts SET is_frozen = @frozen WHERE number = @account AND kind = 0",
        ("frozen", isFrozen ? 1L : 0L),
        ("account", account)) == 1;

    public static void SetDailyLimit(Desk desk, string account, long limit) => desk.Execute(
        "UPDATE accounts SET daily_limit = @limit WHERE number = @account", ("limit", limit), ("account", account));

    private static string Folded(string reference, AccountRow other) =>
        Fold($"{reference} {other.Owner} {other.Number}");

    private static AccountRow ToAccount(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetInt64(2) == 1,
        row.GetInt64(3),
        row.GetInt64(4),
        row.GetInt64(5),
        row.GetInt64(6),
        row.GetInt64(7),
        row.GetInt64(8),
        row.GetInt64(9) == 1,
        row.GetInt64(10) == 1);
}
