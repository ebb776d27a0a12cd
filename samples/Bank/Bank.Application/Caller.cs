using Bank.Database;

namespace Bank.Application;

/// <summary>Who asks, as the token says, and nothing in the request can say otherwise.</summary>
/// <param name="ShallTouch">Whether it is time to write down that the token was used.</param>
internal sealed record Caller(CustomerRow Customer, string TokenHash, bool ShallTouch)
{
    public string Name => Customer.Name;

    public bool IsOfficer => Customer.IsOfficer;
}
