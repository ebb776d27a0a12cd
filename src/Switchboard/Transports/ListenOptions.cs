using System.Net;

namespace Switchboard;

/// <summary>How to listen.</summary>
public sealed record ListenOptions
{
    /// <summary>
    /// How many peers may wait to be accepted. The operating system may allow fewer (Linux: net.core.somaxconn), and
    /// Linux one more. At least 1; default 4096, which costs nothing while nobody waits.
    /// </summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>Finds a name's addresses; the operating system's resolver by default.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>How the operating system is asked; <see cref="Switchboard.Engine.Default"/> if null.</summary>
    public Engine? Engine { get; init; }

    /// <summary>Does the listening; the one for the endpoint's scheme if null.</summary>
    public ITransport? Transport { get; init; }

    /// <summary>
    /// How to speak TLS over the connections. Null for no TLS; a <c>tls:</c> endpoint needs it, for its certificate.
    /// </summary>
    public TlsListenOptions? Tls { get; init; }

    /// <summary>How accepted connections behave; their clock also times the pauses of accepting.</summary>
    public ConnectionOptions Connection { get; init; } = ConnectionOptions.Default;

    /// <summary>
    /// Called when accepting pauses because descriptors or memory have run out, with the reason and how long it pauses.
    /// Must return soon and not throw.
    /// </summary>
    public Action<AcceptException, TimeSpan>? AcceptPaused { get; init; }

    internal static ListenOptions Default { get; } = new();
}
