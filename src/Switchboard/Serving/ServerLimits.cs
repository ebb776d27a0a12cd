namespace Switchboard;

/// <summary>
/// What a server grants its peers. Every limit is finite unless told otherwise;
/// <see cref="Timeout.InfiniteTimeSpan"/> and <see cref="int.MaxValue"/> lift one.
/// </summary>
public sealed record ServerLimits
{
    /// <summary>
    /// How many connections may be open at once; further peers wait in the backlog. The operating system's limit on
    /// descriptors, less a reserve, holds in any case. At least 1; default 20,000.
    /// </summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>
    /// How many connections one remote address may have open, of IPv6 one /64 network; a further one is reset.
    /// Loopback, unix sockets and memory are not counted: there every proxy and every user of this machine is the same
    /// address. At least 1; default 1,000.
    /// </summary>
    public int MaxConnectionsPerAddress { get; init; } = 1_000;

    /// <summary>
    /// How long a peer may send nothing while the handler waits to receive. What is sent to it does not count. Default
    /// 2 minutes.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long a frame may take from its first byte to its last, counted while the handler waits for it. Default 30
    /// seconds.
    /// </summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The slowest that a frame may arrive, in bytes per second, judged after <see cref="RateGrace"/>. 0 lifts it;
    /// default 240, about the speed of a 2,400 bit/s line.
    /// </summary>
    public int MinFrameBytesPerSecond { get; init; } = 240;

    /// <summary>How long a frame is under way before its rate is judged. Default 5 seconds.</summary>
    public TimeSpan RateGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer may take nothing while the handler waits to send. Default 30 seconds.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
