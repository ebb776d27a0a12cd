using System.Data.Common;

namespace Bank.Database;

/// <summary>Customers, what they prove who they are with, and who is signed in. Times are in milliseconds.</summary>
public static class SignIns
{
    private const string CustomerColumns = "c.name, c.full_name, c.is_officer, c.password, c.totp_secret, c.totp_step";

    public static void Add(Desk desk, CustomerRow customer) => desk.Execute(
        """
        INSERT INTO customers (name, full_name, is_officer, password, totp_secret, totp_step)
        VALUES (@name, @fullName, @officer, @password, @secret, @step)
        """,
        ("name", customer.Name),
        ("fullName", customer.FullName),
        ("officer", customer.IsOfficer ? 1L : 0L),
        ("password", customer.Password),
        ("secret", customer.TotpSecret),
        ("step", customer.TotpStep));

    public static bool HasCustomers(Desk desk) => desk.Number("SELECT count(*) FROM customers") > 0;

    public static CustomerRow? Find(Desk desk, string name) => desk.Read(
        $"SELECT {CustomerColumns} FROM customers c WHERE c.name = @name",
        ToCustomer,
        ("name", name)).SingleOrDefault();

    /// <summary>Takes a code's step, once.</summary>
    /// <returns>False if this step, or a later one, was taken before.</returns>
    public static bool TryTakeStep(Desk desk, string customer, long step) => desk.Execute(
        "UPDATE customers SET totp_step = @step WHERE name = @name AND totp_step < @step",
        ("step", step),
        ("name", customer)) == 1;

    public static void AddChallenge(Desk desk, string hash, string customer, long now, long expires)
    {
        desk.Execute("DELETE FROM challenges WHERE expires <= @now", ("now", now));
        desk.Execute(
            "INSERT INTO challenges (hash, customer, expires) VALUES (@hash, @customer, @expires)",
            ("hash", hash),
            ("customer", customer),
            ("expires", expires));
    }

    /// <summary>Whose password was proved with this challenge; null for none, or too long ago.</summary>
    public static CustomerRow? FindChallenged(Desk desk, string hash, long now) => desk.Read(
        $"""
        SELECT {CustomerColumns} FROM challenges s JOIN customers c ON c.name = s.customer
        WHERE s.hash = @hash AND s.expires > @now
        """,
        ToCustomer,
        ("hash", hash),
        ("now", now)).SingleOrDefault();

    public static void EndChallenges(Desk desk, string customer) =>
        desk.Execute("DELETE FROM challenges WHERE customer = @customer", ("customer", customer));

    public static void AddToken(Desk desk, string hash, string customer, long now, long expires)
    {
        desk.Execute("DELETE FROM tokens WHERE expires <= @now", ("now", now));
        desk.Execute(
            "INSERT INTO tokens (hash, customer, used, expires) VALUES (@hash, @customer, @now, @expires)",
            ("hash", hash),
            ("customer", customer),
            ("now", now),
            ("expires", expires));
    }

    /// <summary>Who has signed in with this token, and when it was last used.</summary>
    /// <param name="usedAfter">A token that was not used since then has ended.</param>
    public static (CustomerRow Customer, long Used)? FindSignedIn(Desk desk, string hash, long now, long usedAfter)
    {
        var found = desk.Read(
            $"""
            SELECT {CustomerColumns}, t.used FROM tokens t JOIN customers c ON c.name = t.customer
            WHERE t.hash = @hash AND t.expires > @now AND t.used > @usedAfter
            """,
            row => (ToCustomer(row), row.GetInt64(6)),
            ("hash", hash),
            ("now", now),
            ("usedAfter", usedAfter));

        return found is [var one] ? one : null;
    }

    public static void TouchToken(Desk desk, string hash, long now) =>
        desk.Execute("UPDATE tokens SET used = @now WHERE hash = @hash AND used < @now", ("now", now), ("hash", hash));

    public static void EndToken(Desk desk, string hash) =>
        desk.Execute("DELETE FROM tokens WHERE hash = @hash", ("hash", hash));

    public static int EndTokens(Desk desk, string customer) =>
        desk.Execute("DELETE FROM tokens WHERE customer = @customer", ("customer", customer));

    /// <summary>How often signing in failed in a row, and until when nothing more is heard; locked.</summary>
    public static (long Failures, long Until) LockLockout(Desk desk, string slot)
    {
        // A row that is not there yet cannot be locked, and many first guesses at once would all be the first.
        desk.Execute(
            "INSERT INTO lockouts (slot, failures, until) VALUES (@slot, 0, 0) ON CONFLICT (slot) DO NOTHING",
            ("slot", slot));

        return desk.Read(
            $"SELECT failures, until FROM lockouts WHERE slot = @slot {desk.ForUpdate}",
            row => (row.GetInt64(0), row.GetInt64(1)),
            ("slot", slot)).Single();
    }

    public static void SetLockout(Desk desk, string slot, long failures, long until) => desk.Execute(
        "UPDATE lockouts SET failures = @failures, until = @until WHERE slot = @slot",
        ("failures", failures),
        ("until", until),
        ("slot", slot));

    /// <summary>Takes back one failure that was none.</summary>
    public static void ForgiveOne(Desk desk, string slot) => desk.Execute(
        "UPDATE lockouts SET failures = failures - 1, until = 0 WHERE slot = @slot AND failures > 0", ("slot", slot));

    private static CustomerRow ToCustomer(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2) == 1, row.GetString(3), row.GetString(4), row.GetInt64(5));
}
