namespace Bank.Database;

/// <summary>Somebody who may sign in: a customer, or an officer of the bank.</summary>
/// <param name="Password">Its hash, as the application tier writes it.</param>
/// <param name="TotpStep">The step of the last code that was taken.</param>
public sealed record CustomerRow(
    string Name, string FullName, bool IsOfficer, string Password, string TotpSecret, long TotpStep)
{
    /// <summary>The name only: hashes and secrets do not belong into a log.</summary>
    public override string ToString() => Name;
}
