using System.Security.Cryptography.X509Certificates;

namespace Switchboard;

/// <summary>
/// How to speak TLS to clients: 1.2 or 1.3, never with renegotiation. Handshakes run beside accepting, so that a client
/// that stalls delays nobody; a connection is accepted when its handshake is done.
/// </summary>
public sealed record TlsListenOptions
{
    /// <summary>Who this server is. A client that names none of their names gets the first. At least one.</summary>
    public required IReadOnlyList<TlsCertificate> Certificates { get; init; }

    /// <summary>
    /// If not null, a client must have a certificate that rests on one of these authorities; whoever has none is
    /// refused before it is accepted. It is asked for anew on each connection: none resumes an earlier one. Default
    /// null: clients are not asked.
    /// </summary>
    public X509Certificate2Collection? ClientRoots { get; init; }

    /// <summary>
    /// Whether the revocation of clients' certificates is looked up. Default
    /// <see cref="X509RevocationMode.NoCheck"/>, so that no third party is asked.
    /// </summary>
    public X509RevocationMode Revocation { get; init; } = X509RevocationMode.NoCheck;

    /// <summary>
    /// The application protocols that are understood (ALPN), best first; a client that offers only others is refused.
    /// Default none: whatever clients offer is passed over.
    /// </summary>
    public IReadOnlyList<string> ApplicationProtocols { get; init; } = [];

    /// <summary>
    /// How long a handshake may take, more than zero. Default 10 seconds;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many peers may be in their handshake, or done with it and not accepted yet; more wait in the backlog. At
    /// least 1; default 256.
    /// </summary>
    public int MaxHandshakes { get; init; } = 256;

    /// <summary>
    /// Called when a handshake has failed, with its reason: a <see cref="TlsException"/>, a
    /// <see cref="ConnectionTimeoutException"/>, or another kind of <see cref="ConnectionException"/>. Must return soon
    /// and not throw.
    /// </summary>
    public Action<ConnectionException>? HandshakeFailed { get; init; }
}
