namespace Bank.Tests.Killing;

/// <summary>What a customer types into the form of a transfer.</summary>
/// <param name="Customer">Which of them, from 0.</param>
/// <param name="From">One of their accounts.</param>
/// <param name="To">Anybody's.</param>
/// <param name="Amount">As readers of English write it.</param>
/// <param name="Reference">Tells it from all others.</param>
internal sealed record PlannedPayment(int Customer, string From, string To, string Amount, string Reference);
