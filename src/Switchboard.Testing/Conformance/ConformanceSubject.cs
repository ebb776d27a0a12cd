namespace Switchboard.Testing;

/// <summary>A transport on trial: how to listen and connect with it, and where it may differ from others.</summary>
public sealed record ConformanceSubject
{
    /// <summary>
    /// Gives an endpoint that nobody listens at, another one every time; one that the operating system completes, such
    /// as <c>tcp://127.0.0.1:0</c>, may be the same. What a listener at it shows must be what a peer can connect to.
    /// </summary>
    public required Func<Endpoint> NewEndpoint { get; init; }

    /// <summary>How to listen: with which transport and engine.</summary>
    public ListenOptions Listen { get; init; } = new();

    /// <summary>How to connect: with which transport and engine.</summary>
    public ConnectOptions Connect { get; init; } = new();

    /// <summary>
    /// Whether a peer can tell a reset from an end. Default true; false for the unix sockets of Linux, where a peer
    /// that aborts looks like one that has finished, unless it had bytes unread.
    /// </summary>
    public bool ShowsResets { get; init; } = true;

    /// <summary>
    /// Whether bytes that arrived before a reset can still be received after it. Default true, as on Linux; other
    /// systems may drop them.
    /// </summary>
    public bool KeepsBytesBeforeReset { get; init; } = true;

    /// <summary>
    /// Whether each end's remote address is the other end. Default true; false where somebody stands between the two
    /// and connects for one of them, as a relay does: each end then sees whoever stands there.
    /// </summary>
    public bool ShowsPeers { get; init; } = true;

    /// <summary>
    /// The most bytes one connection may take from a sender whose peer does not read, in the buffers of both ends
    /// together. At least 64 KiB; default 32 MiB, which is more than any system grants by itself.
    /// </summary>
    public int MaxBufferedBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// How long closing is given at least. Default zero, for transports that tell the peer their end at once; one that
    /// has to send something for that, such as TLS, may need a moment where the system makes it wait.
    /// </summary>
    public TimeSpan ShortestCloseTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How long any one step may take before it counts as hanging. Default 30 seconds: patient with a busy machine, and
    /// never waited for by a transport that works.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);
}
