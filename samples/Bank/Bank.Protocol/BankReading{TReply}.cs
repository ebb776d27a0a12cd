using System.Text.Json.Serialization;

namespace Bank.Protocol;

/// <summary>A request that changes nothing.</summary>
public abstract record BankReading<TReply> : BankRequest<TReply>
    where TReply : BankReply
{
    [JsonIgnore]
    public sealed override bool OnlyReads => true;
}
