namespace Switchboard.Files;

/// <summary>How to send files.</summary>
public sealed record FileSenderOptions
{
    /// <summary>How to connect; its TLS is replaced. The connection's clock times the limit, too.</summary>
    public ConnectOptions Connect { get; init; } = new();

    /// <summary>The most bytes a second, on average. At least 1; null, the default, for no limit.</summary>
    public long? MaxBytesPerSecond { get; init; }

    /// <summary>How long the receiver may take to prove the ticket. Default 10 seconds.</summary>
    public TimeSpan ProofTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the receiver may be silent after that; it says every 10 seconds that it is there, however long its disk
    /// takes. At least 20 seconds; default one minute, <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Told after every piece, from whichever thread sent it; must return soon and not throw.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }

    internal static FileSenderOptions Default { get; } = new();
}
