namespace Switchboard;

/// <summary>How a relay connects, what becomes of datagrams, and when it gives up.</summary>
public sealed record RelayOptions
{
    /// <summary>How to connect with a target that is a stream.</summary>
    public ConnectOptions Connect { get; init; } = ConnectOptions.Default;

    /// <summary>
    /// How long nothing may pass, in neither direction, before both connections are reset. One direction may be silent
    /// for as long as the other is not. Default 2 minutes; <see cref="Timeout.InfiniteTimeSpan"/> for no limit. The
    /// server's own <see cref="ServerLimits.IdleTimeout"/> counts one direction only: lift it for a relay. What a
    /// <see cref="DatagramRelay"/> has for an address is then closed in order: nothing else would ever end it.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = new ServerLimits().IdleTimeout;

    /// <summary>
    /// What makes datagrams of a stream, and a stream of datagrams: each frame is one, both ways. Needed where one end
    /// is a stream and the other takes datagrams, because a stream has no borders; not used elsewhere. Null by default.
    /// </summary>
    /// <exception cref="ArgumentException">Its frames end with the connection: there is only one.</exception>
    public Framing? Framing { get; init => field = Repeating(value); }

    /// <summary>How sockets of datagrams are opened, both those that hear and those that send to a target.</summary>
    public DatagramOptions Datagrams { get; init; } = DatagramOptions.Default;

    /// <summary>
    /// How long answers in datagrams are waited for after the last one, once a stream has finished: no datagram says
    /// that it is the last. Default 1 second; <see cref="Timeout.InfiniteTimeSpan"/> for <see cref="IdleTimeout"/>.
    /// </summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many addresses a <see cref="DatagramRelay"/> works for at once: each has a connection or a socket of its
    /// own, and addresses can be forged. Datagrams from further ones are dropped. At least 1; default 1,000.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int MaxPeers { get; init => field = AtLeastOne(value); } = 1_000;

    /// <summary>
    /// How long the stop of a <see cref="DatagramRelay"/> waits for targets when it is not told otherwise. Default 30
    /// seconds.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told what happens to datagrams; nobody if null.</summary>
    public RelayObserver? Observer { get; init; }

    internal static RelayOptions Default { get; } = new();

    private static Framing? Repeating(Framing? framing) => framing is not { EndsWithConnection: true }
        ? framing
        : throw new ArgumentException(
            "Until close, a connection is one frame, and a relay of datagrams needs many. Use lines or a length "
            + "prefix.",
            nameof(framing));

    private static int AtLeastOne(int peers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(peers, 1);
        return peers;
    }
}
