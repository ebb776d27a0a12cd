using System.Net;

namespace Switchboard;

/// <summary>How to connect.</summary>
public sealed record ConnectOptions
{
    /// <summary>
    /// How long everything may take together: finding the name's addresses and trying them. Default 5 seconds;
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long one address of a name may stay silent before the next is tried next to it (RFC 8305 section 5).
    /// Default 250 milliseconds.
    /// </summary>
    public TimeSpan AttemptDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Finds a name's addresses, best first; the operating system's resolver by default.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>How the operating system is asked; <see cref="Switchboard.Engine.Default"/> if null.</summary>
    public Engine? Engine { get; init; }

    /// <summary>Makes the connection; the one for the endpoint's scheme if null.</summary>
    public ITransport? Transport { get; init; }

    /// <summary>
    /// How to speak TLS over the connection. Null for no TLS, except with a <c>tls:</c> endpoint, which then has the
    /// defaults. The handshake is part of <see cref="Timeout"/>.
    /// </summary>
    public TlsConnectOptions? Tls { get; init; }

    /// <summary>How the connection behaves once it is made; its clock also times the connecting.</summary>
    public ConnectionOptions Connection { get; init; } = ConnectionOptions.Default;

    internal static ConnectOptions Default { get; } = new();
}
