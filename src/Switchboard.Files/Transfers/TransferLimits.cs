namespace Switchboard.Files;

/// <summary>How much a receiver takes. A peer that announces more is refused before anything is written.</summary>
public sealed record TransferLimits
{
    /// <summary>Files and folders in one transfer. At least 1; default 100,000.</summary>
    public int MaxFiles { get; init; } = 100_000;

    /// <summary>The bytes of all names together. At least 1; default 16 MiB.</summary>
    public int MaxNameBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// The bytes of all files together; what the disk has free is a limit besides. At least 0; null, the default, for
    /// the disk alone.
    /// </summary>
    public long? MaxBytes { get; init; }

    /// <summary>What has to stay free on the disk. At least 0; default 64 MiB.</summary>
    public long MinFreeBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Peers that have connected and not yet proven the ticket; more have to wait. At least 1; default 16.
    /// </summary>
    public int MaxUnproven { get; init; } = 16;

    /// <summary>How long a peer may take to prove the ticket, TLS included. Default 10 seconds.</summary>
    public TimeSpan ProofTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a sender may be silent once it has proven the ticket; then it is taken for interrupted, and may come
    /// back. Senders say every 10 seconds that they are there, however long they compute. At least 20 seconds; default
    /// one minute, <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    internal static TransferLimits Default { get; } = new();

    /// <summary>How often an end says that it is there.</summary>
    internal static TimeSpan SignInterval { get; } = TimeSpan.FromSeconds(10);

    internal static void ThrowIfTooShort(TimeSpan idleTimeout)
    {
        if (idleTimeout != Timeout.InfiniteTimeSpan)
        {
            // A sign may come late, and one may be lost in what is being sent.
            ArgumentOutOfRangeException.ThrowIfLessThan(idleTimeout, SignInterval * 2);
        }
    }

    internal void ThrowIfOutOfRange()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFiles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNameBytes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxBytes ?? 0, nameof(MaxBytes));
        ArgumentOutOfRangeException.ThrowIfNegative(MinFreeBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUnproven, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ProofTimeout, TimeSpan.Zero);
        ThrowIfTooShort(IdleTimeout);
    }
}
