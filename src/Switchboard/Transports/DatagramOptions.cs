using System.Net;

namespace Switchboard;

/// <summary>How a <see cref="DatagramSocket"/> is opened and behaves.</summary>
public sealed record DatagramOptions
{
    /// <summary>
    /// How long finding a name's addresses may take. Default 5 seconds;
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Finds a name's addresses, best first; the operating system's resolver by default.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>How the operating system is asked; <see cref="Switchboard.Engine.Default"/> if null.</summary>
    public Engine? Engine { get; init; }

    /// <summary>The clock of <see cref="Timeout"/>; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Whether datagrams may go to broadcast addresses, such as 255.255.255.255. Default false.</summary>
    public bool AllowBroadcast { get; init; }

    /// <summary>
    /// Whether other sockets that say so too may be bound to the same port. Broadcasts and multicasts then reach all of
    /// them, any other datagram one. Always so for a multicast group's own address. Default false.
    /// </summary>
    public bool SharePort { get; init; }

    /// <summary>
    /// On which network multicasts are sent, and a bound group is heard: an interface's name, index or address. The
    /// operating system chooses if null, the default.
    /// </summary>
    public string? MulticastInterface { get; init; }

    /// <summary>
    /// How many networks a multicast may cross: 1 stays on the own one, 0 on this machine. 0 to 255; default 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 to 255.</exception>
    public int MulticastTimeToLive { get; init => field = InRange(value, 0, byte.MaxValue); } = 1;

    /// <summary>Whether this machine hears its own multicasts. Default true.</summary>
    public bool MulticastLoopback { get; init; } = true;

    /// <summary>
    /// How many bytes may wait to be received, the operating system's own for each datagram included; what comes when
    /// it is full is lost. The system may allow less. 1024 or more; the system's default if null.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1024.</exception>
    public int? ReceiveBufferBytes { get; init => field = Enough(value); }

    /// <summary>
    /// How many bytes may wait to leave; a send waits for room. The system may allow less. 1024 or more; the system's
    /// default if null.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1024.</exception>
    public int? SendBufferBytes { get; init => field = Enough(value); }

    internal static DatagramOptions Default { get; } = new();

    private static int? Enough(int? value) => value is { } bytes ? InRange(bytes, 1024, int.MaxValue) : null;

    private static int InRange(int value, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
