namespace Bank.Protocol;

/// <summary>What became of a transfer that needs a second person.</summary>
public enum ApprovalState
{
    Waiting,
    Approved,
    Refused,
    Expired,
}
