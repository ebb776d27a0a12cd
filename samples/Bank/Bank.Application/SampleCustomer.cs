namespace Bank.Application;

/// <summary>
/// Somebody who is only there to be tried: name, password and secret are in the source, for everyone to read.
/// </summary>
public sealed record SampleCustomer(
    string Name, string FullName, string Password, string TotpSecret, bool IsOfficer = false)
{
    public string CodeAt(DateTimeOffset time) => Totp.CodeAt(TotpSecret, time);
}
