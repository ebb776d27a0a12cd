using Bank.Protocol;

namespace Bank.Database;

/// <summary>A transfer that the rules have let pass.</summary>
/// <param name="Customer">Who wanted it; empty for the bank.</param>
/// <param name="CountsToLimit">Whether it uses up some of the payer's daily limit.</param>
public sealed record NewTransfer(
    string Id,
    DateTimeOffset Time,
    AccountRow Payer,
    AccountRow Payee,
    long Amount,
    string Reference,
    Category Category,
    string Customer,
    bool CountsToLimit);
