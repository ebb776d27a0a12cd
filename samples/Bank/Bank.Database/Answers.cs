namespace Bank.Database;

/// <summary>What was answered to requests with keys. Written with what the request did, or not at all.</summary>
public static class Answers
{
    public static (string Fingerprint, string Answer)? Find(Desk desk, string customer, string key)
    {
        var found = desk.Read(
            "SELECT fingerprint, answer FROM answers WHERE customer = @customer AND idempotency_key = @key",
            row => (row.GetString(0), row.GetString(1)),
            ("customer", customer),
            ("key", key));

        return found is [var one] ? one : null;
    }

    public static void Add(Desk desk, string customer, string key, string fingerprint, string answer) => desk.Execute(
        """
        INSERT INTO answers (customer, idempotency_key, fingerprint, answer)
        VALUES (@customer, @key, @fingerprint, @answer)
        """,
        ("customer", customer),
        ("key", key),
        ("fingerprint", fingerprint),
        ("answer", answer));
}
