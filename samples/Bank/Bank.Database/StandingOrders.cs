using System.Data.Common;
using Bank.Protocol;

namespace Bank.Database;

/// <summary>Transfers that are due again and again.</summary>
public static class StandingOrders
{
    private const int MaxListed = 100;

    private const string Select =
        """
        SELECT o.id, o.payer, o.payee, a.owner, o.amount, o.reference, o.category, o.repeat, o.first_day, o.last_day,
          o.next_due, o.customer
        FROM standing_orders o JOIN accounts a ON a.number = o.payee
        """;

    public static void Add(
        Desk desk, BankReply.StandingOrder order, string customer, DateTimeOffset now) => desk.Execute(
        """
        INSERT INTO standing_orders
          (id, payer, payee, amount, reference, category, customer, created, repeat, first_day, last_day, next_due)
        VALUES
          (@id, @payer, @payee, @amount, @reference, @category, @customer, @created, @repeat, @first, @last, @next)
        """,
        ("id", order.Id),
        ("payer", order.From),
        ("payee", order.To),
        ("amount", order.Amount),
        ("reference", order.Reference),
        ("category", order.Category.ToString()),
        ("customer", customer),
        ("created", now.ToUnixTimeMilliseconds()),
        ("repeat", order.Repeat.ToString()),
        ("first", (long)order.First.DayNumber),
        ("last", Number(order.Last)),
        ("next", Number(order.NextDue)));

    /// <summary>Those from accounts that a customer holds, the newest first.</summary>
    public static IReadOnlyList<BankReply.StandingOrder> Of(Desk desk, string customer) => desk.Read(
        $"""
        {Select} WHERE o.payer IN (SELECT account FROM holders WHERE customer = @customer)
        ORDER BY o.created DESC, o.id LIMIT {MaxListed}
        """,
        ToOrder,
        ("customer", customer));

    /// <summary>An order, and who gave it; null if there is none.</summary>
    public static (BankReply.StandingOrder Order, string Customer)? Find(Desk desk, string id)
    {
        var found = desk.Read($"{Select} WHERE o.id = @id", row => (ToOrder(row), row.GetString(11)), ("id", id));

        return found is [var one] ? one : null;
    }

    public static IReadOnlyList<string> Due(Desk desk, DateOnly today, int take) => desk.Read(
        "SELECT id FROM standing_orders WHERE next_due > 0 AND next_due <= @today ORDER BY next_due, id LIMIT @take",
        row => row.GetString(0),
        ("today", (long)today.DayNumber),
        ("take", take));

    /// <summary>
    /// Moves an order from one due date to the next. Of several servers that see it due, the row lets one through.
    /// </summary>
    /// <returns>False if another has done it.</returns>
    public static bool TryAdvance(Desk desk, string id, DateOnly due, DateOnly? next) => desk.Execute(
        "UPDATE standing_orders SET next_due = @next WHERE id = @id AND next_due = @due",
        ("next", Number(next)),
        ("id", id),
        ("due", (long)due.DayNumber)) == 1;

    public static long CountActive(Desk desk, string customer) => desk.Number(
        "SELECT count(*) FROM standing_orders WHERE customer = @customer AND next_due > 0",
        ("customer", customer)) ?? 0;

    /// <summary>Ends it, wherever it is; ending it again changes nothing.</summary>
    public static bool TryEnd(Desk desk, string id) => desk.Execute(
        "UPDATE standing_orders SET next_due = 0 WHERE id = @id AND next_due > 0", ("id", id)) == 1;

    private static long Number(DateOnly? day) => day?.DayNumber ?? 0;

    private static DateOnly? Day(long number) => number == 0 ? null : DateOnly.FromDayNumber((int)number);

    private static BankReply.StandingOrder ToOrder(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetInt64(4),
        row.GetString(5),
        Enum.Parse<Category>(row.GetString(6)),
        Enum.Parse<Repeat>(row.GetString(7)),
        DateOnly.FromDayNumber((int)row.GetInt64(8)),
        Day(row.GetInt64(9)),
        Day(row.GetInt64(10)));
}
