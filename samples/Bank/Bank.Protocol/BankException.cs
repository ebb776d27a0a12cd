namespace Bank.Protocol;

/// <summary>
/// A request was refused, or nobody answered. Only with <see cref="BankError.OutcomeUnknown"/> something may have been
/// changed: ask again with the same key, and that settles whether.
/// </summary>
public sealed class BankException(BankError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public BankError Error { get; } = error;

    /// <summary>With <see cref="BankError.LockedOut"/>: how long nothing else will be heard.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
