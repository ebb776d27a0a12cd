namespace Bank.Protocol;

/// <summary>How often a standing order is due.</summary>
public enum Repeat
{
    Weekly,
    Monthly,
}
