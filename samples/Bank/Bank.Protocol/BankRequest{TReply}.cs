namespace Bank.Protocol;

/// <summary>A request that knows what answers it, unless it is refused.</summary>
public abstract record BankRequest<TReply> : BankRequest
    where TReply : BankReply;
