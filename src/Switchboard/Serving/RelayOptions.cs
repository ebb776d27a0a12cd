namespace Switchboard;

/// <summary>How a relay connects, and when it gives up.</summary>
public sealed record RelayOptions
{
    /// <summary>How to connect with the target.</summary>
    public ConnectOptions Connect { get; init; } = ConnectOptions.Default;

    /// <summary>
    /// How long nothing may pass, in neither direction, before both connections are reset. One direction may be silent
    /// for as long as the other is not. Default 2 minutes; <see cref="Timeout.InfiniteTimeSpan"/> for no limit. The
    /// server's own <see cref="ServerLimits.IdleTimeout"/> counts one direction only: lift it for a relay.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = new ServerLimits().IdleTimeout;

    internal static RelayOptions Default { get; } = new();
}
