namespace Bank.Protocol;

/// <summary>What money was for, as both ends of a transfer see it.</summary>
public enum Category
{
    Other,
    Income,
    Housing,
    Groceries,
    Utilities,
    Transport,
    Health,
    Leisure,
    Savings,
}
