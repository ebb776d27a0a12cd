using System.Net;

namespace Switchboard;

/// <summary>
/// TLS over TCP, such as <c>tls://example.com:443</c>. The host is also the name that the peer has to prove.
/// </summary>
/// <param name="Host">
/// A name, an IPv4 address or an IPv6 address without its brackets; see <see cref="HostEndpoint.Host"/>.
/// </param>
/// <param name="Port">0 to 65535. To listen at port 0 asks for any free port.</param>
/// <exception cref="ArgumentException">The host is neither a name nor an address, or there is no such port.</exception>
public sealed record TlsEndpoint(string Host, int Port) : HostEndpoint(Host, Port)
{
    /// <inheritdoc/>
    public override string Scheme => "tls";

    /// <summary>The endpoint of a socket address. IPv4-mapped IPv6, as dual-mode sockets have, becomes IPv4.</summary>
    public static TlsEndpoint From(IPEndPoint address) => new(address.Address.ToString(), address.Port);

    /// <summary>The same host at another port, such as the one the system chose for port 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 to 65535.</exception>
    public TlsEndpoint WithPort(int port) => this with { Port = port };
}
