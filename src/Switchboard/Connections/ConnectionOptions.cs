namespace Switchboard;

/// <summary>How a connection behaves, whichever transport made it.</summary>
public sealed record ConnectionOptions
{
    /// <summary>
    /// How long closing waits for the peer to finish sending, while dropping what still arrives. Without that wait the
    /// operating system would answer late bytes with a reset, and the peer could lose the reply. Zero closes at once;
    /// default 2 seconds.
    /// </summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many bytes of frames may wait to be sent before senders have to wait as well. One frame may always wait,
    /// whatever its length. At least 1; default 1 MiB.
    /// </summary>
    public int MaxPendingSendBytes { get; init; } = 1024 * 1024;

    /// <summary>Where time comes from; the system's clock by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal static ConnectionOptions Default { get; } = new();
}
