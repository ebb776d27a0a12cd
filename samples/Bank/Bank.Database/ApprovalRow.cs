using Bank.Protocol;

namespace Bank.Database;

/// <summary>A transfer that waits for a second person, or has waited.</summary>
/// <param name="Customer">Who asked for it.</param>
/// <param name="Answer">What was answered to who approved it.</param>
public sealed record ApprovalRow(
    string Id,
    string Payer,
    string Payee,
    long Amount,
    string Reference,
    Category Category,
    string Customer,
    DateTimeOffset Asked,
    DateTimeOffset Expires,
    ApprovalState State,
    string DecidedBy,
    string Answer);
