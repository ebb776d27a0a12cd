using Bank.Protocol;
using Bank.Web.Frame;

namespace Bank.Web.Visits;

/// <summary>What all visits share.</summary>
public sealed record WebParts(BankClient Bank, PageWriter Pages, Seal Seal, TimeProvider Time, ILogger Log);
