using Bank.Protocol;

namespace Bank.Web.Payments;

/// <summary>Money that a customer wants to go somewhere, as far as the web tier can tell that it may.</summary>
/// <param name="To">An account's number.</param>
/// <param name="ToName">What the customer knows it by; empty for a number that is new to them.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Key">Made when the form was shown first: by it, money moves once.</param>
public sealed record Payment(
    string From,
    string FromName,
    string To,
    string ToName,
    long Amount,
    string Reference,
    Category Category,
    bool IsBetweenOwn,
    string Key);
