namespace Bank.Database;

/// <summary>
/// Looks whether the books are right, with the entries alone as evidence. Every number but the first is 0.
/// </summary>
/// <param name="Transfers">How many there are.</param>
/// <param name="Sum">Of all entries.</param>
/// <param name="BrokenTransfers">Those whose entries do not sum to zero, or are not two.</param>
/// <param name="BrokenBalances">Accounts whose balance or count is not that of their entries.</param>
/// <param name="BrokenChains">Entries that do not continue from the one before.</param>
/// <param name="Overdrawn">Customers' accounts below what they may.</param>
public sealed record LedgerCheck(
    long Transfers, long Sum, long BrokenTransfers, long BrokenBalances, long BrokenChains, long Overdrawn)
{
    public bool IsRight => this with { Transfers = 0 } == new LedgerCheck(0, 0, 0, 0, 0, 0);

    public static LedgerCheck Run(Desk desk) => new(
        Count(desk, "SELECT count(*) FROM transfers"),
        Count(desk, "SELECT COALESCE(sum(amount), 0) FROM entries"),
        Count(
            desk,
            """
            SELECT count(*) FROM (
              SELECT t.id FROM transfers t LEFT JOIN entries e ON e.transfer = t.id
              GROUP BY t.id HAVING count(e.account) <> 2 OR sum(e.amount) <> 0) AS broken
            """),
        Count(
            desk,
            """
            SELECT count(*) FROM (
              SELECT a.number FROM accounts a LEFT JOIN entries e ON e.account = a.number
              GROUP BY a.number, a.balance, a.entries
              HAVING a.balance <> COALESCE(sum(e.amount), 0) OR a.entries <> count(e.number)) AS broken
            """),
        Count(
            desk,
            """
            SELECT count(*) FROM entries e LEFT JOIN entries b ON b.account = e.account AND b.number = e.number - 1
            WHERE e.balance <> COALESCE(b.balance, 0) + e.amount OR (e.number > 1 AND b.number IS NULL)
            """),
        Count(desk, "SELECT count(*) FROM accounts WHERE kind = 0 AND balance < -overdraft"));

    private static long Count(Desk desk, string sql) => desk.Number(sql) ?? 0;
}
