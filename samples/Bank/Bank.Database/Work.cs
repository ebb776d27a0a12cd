namespace Bank.Database;

/// <summary>What is to be done at a desk, and who waits for it.</summary>
internal abstract class Work
{
    /// <summary>
    /// Which accounts it changes, so that it may share a transaction with others; null if it has one of its own.
    /// </summary>
    public IReadOnlyList<string>? Accounts { get; init; }

    /// <summary>Does it. What comes of it is told by <see cref="Finish"/>, once it is committed.</summary>
    /// <returns>What it was refused for, having written nothing; null if it was done.</returns>
    public abstract Exception? Run(Desk desk);

    public abstract void Finish(Exception? failure);
}
