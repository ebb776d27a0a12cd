using Bank.Web.Payments;

namespace Bank.Web.Transfers;

/// <summary>A transfer that the application tier has taken, as its page shows it however often it is loaded.</summary>
/// <param name="Id">The transfer's, or the approval's if it waits.</param>
/// <param name="IsWaiting">Whether it waits for a second person.</param>
/// <param name="Balance">Of the account that paid, if it has.</param>
public sealed record TransferReceipt(Payment Payment, string Id, bool IsWaiting, DateTimeOffset Time, long? Balance);
