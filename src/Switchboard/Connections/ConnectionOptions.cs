namespace Switchboard;

/// <summary>How a connection behaves, whichever transport made it.</summary>
public sealed record ConnectionOptions
{
    // The longest that a timer takes, some 49 days: more would not fail here, but in the close.
    private static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>
    /// How long closing waits for the peer to finish sending, while dropping what still arrives. Without that wait the
    /// operating system would answer late bytes with a reset, and the peer could lose the reply. Zero closes at once;
    /// default 2 seconds, <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or longer than any timer.</exception>
    public TimeSpan CloseTimeout { get; init => field = Checked(value); } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many bytes of frames may wait to be sent before senders have to wait as well. One frame may always wait,
    /// whatever its length. At least 1; default 1 MiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int MaxPendingSendBytes { get; init => field = Checked(value); } = 1024 * 1024;

    /// <summary>Where time comes from; the system's clock by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal static ConnectionOptions Default { get; } = new();

    private static TimeSpan Checked(TimeSpan closeTimeout)
    {
        if (closeTimeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(closeTimeout, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(closeTimeout, LongestTime);
        }

        return closeTimeout;
    }

    private static int Checked(int maxPendingSendBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPendingSendBytes, 1);
        return maxPendingSendBytes;
    }
}
