using System.Data.Common;
using Bank.Protocol;

namespace Bank.Database;

/// <summary>Transfers that wait for a second person.</summary>
public static class Approvals
{
    private const int MaxListed = 100;

    private const string Columns =
        """
        p.id, p.payer, p.payee, p.amount, p.reference, p.category, p.customer, p.asked, p.expires, p.state,
        p.decided_by, p.answer
        """;

    public static void Add(Desk desk, ApprovalRow approval) => desk.Execute(
        """
        INSERT INTO approvals
          (id, payer, payee, amount, reference, category, customer, asked, expires, state, decided_by, answer)
        VALUES (@id, @payer, @payee, @amount, @reference, @category, @customer, @asked, @expires, @state, '', '')
        """,
        ("id", approval.Id),
        ("payer", approval.Payer),
        ("payee", approval.Payee),
        ("amount", approval.Amount),
        ("reference", approval.Reference),
        ("category", approval.Category.ToString()),
        ("customer", approval.Customer),
        ("asked", approval.Asked.ToUnixTimeMilliseconds()),
        ("expires", approval.Expires.ToUnixTimeMilliseconds()),
        ("state", approval.State.ToString()));

    /// <summary>Finds one and locks it.</summary>
    public static ApprovalRow? Lock(Desk desk, string id) => desk.Read(
        $"SELECT {Columns} FROM approvals p WHERE p.id = @id {desk.ForUpdate}",
        ToApproval,
        ("id", id)).SingleOrDefault();

    public static void Decide(Desk desk, string id, ApprovalState state, string by, string answer) => desk.Execute(
        "UPDATE approvals SET state = @state, decided_by = @by, answer = @answer WHERE id = @id AND state = 'Waiting'",
        ("state", state.ToString()),
        ("by", by),
        ("answer", answer),
        ("id", id));

    /// <summary>
    /// Those from accounts that a customer holds, the newest first, with who asked and who is to be paid.
    /// </summary>
    /// <param name="customer">Null for those of all.</param>
    public static List<(ApprovalRow Row, string AskedBy, string PayeeName)> List(Desk desk, string? customer) =>
        desk.Read(
            $"""
            SELECT {Columns}, c.full_name, a.owner FROM approvals p
            JOIN customers c ON c.name = p.customer JOIN accounts a ON a.number = p.payee
            WHERE @customer = '' OR p.payer IN (SELECT account FROM holders WHERE customer = @customer)
            ORDER BY p.asked DESC, p.id LIMIT {MaxListed}
            """,
            row => (ToApproval(row), row.GetString(12), row.GetString(13)),
            ("customer", customer ?? ""));

    private static ApprovalRow ToApproval(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetInt64(3),
        row.GetString(4),
        Enum.Parse<Category>(row.GetString(5)),
        row.GetString(6),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        Enum.Parse<ApprovalState>(row.GetString(9)),
        row.GetString(10),
        row.GetString(11));
}
