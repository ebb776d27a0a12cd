using Bank.Protocol;

namespace Bank.Database;

/// <summary>What was done, and by whom. The database lets nobody change or delete it.</summary>
public static class Audit
{
    /// <param name="who">A customer's name; empty for the bank.</param>
    public static void Write(
        Desk desk, DateTimeOffset time, string who, string action, string subject, string details) => desk.Execute(
        "INSERT INTO audit (time, who, action, subject, details) VALUES (@time, @who, @action, @subject, @details)",
        ("time", time.ToUnixTimeMilliseconds()),
        ("who", who),
        ("action", action),
        ("subject", subject),
        ("details", details));

    /// <summary>What one has done, or everybody; the newest first.</summary>
    /// <param name="who">A customer's name; null for everybody.</param>
    public static List<BankReply.AuditEntry> Read(Desk desk, string? who, long before, int take)
    {
        var condition = who is null ? "" : "AND who = @who ";
        List<(string, object)> values = [("before", before), ("take", take)];
        if (who is not null)
        {
            values.Add(("who", who));
        }

        return desk.Read(
            $"""
            SELECT number, time, who, action, subject, details FROM audit
            WHERE number < @before {condition}ORDER BY number DESC LIMIT @take
            """,
            row => new BankReply.AuditEntry(
                row.GetInt64(0),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5)),
            [.. values]);
    }
}
