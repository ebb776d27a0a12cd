namespace Bank.Database;

/// <summary>An account as its row says, locked for as long as the transaction lasts.</summary>
/// <param name="IsHeld">Whether the customer for whom it was locked holds it.</param>
public sealed record AccountRow(
    string Number,
    string Owner,
    bool IsBanks,
    long Balance,
    long Overdraft,
    long Entries,
    long DailyLimit,
    long Spent,
    long SpentDay,
    bool IsFrozen,
    bool IsHeld)
{
    /// <summary>What has left to others on a day.</summary>
    public long SpentOn(DateOnly day) => SpentDay == day.DayNumber ? Spent : 0;
}
