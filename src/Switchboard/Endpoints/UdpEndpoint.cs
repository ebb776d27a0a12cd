using System.Net;

namespace Switchboard;

/// <summary>A UDP address, such as <c>udp://localhost:7342</c>: for datagrams, not for connections.</summary>
/// <param name="Host">
/// A name, an IPv4 address or an IPv6 address without its brackets; see <see cref="HostEndpoint.Host"/>.
/// </param>
/// <param name="Port">0 to 65535. To listen at port 0 asks for any free port.</param>
/// <exception cref="ArgumentException">The host is neither a name nor an address, or there is no such port.</exception>
public sealed record UdpEndpoint(string Host, int Port) : HostEndpoint(Host, Port)
{
    /// <inheritdoc/>
    public override string Scheme => "udp";

    /// <summary>Whether it is the address of a multicast group: 224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast => Address is { } address
        && (address.IsIPv6Multicast || (address.GetAddressBytes() is [var first, _, _, _] && first >> 4 == 0xE));

    /// <summary>The endpoint of a socket address. IPv4-mapped IPv6, as dual-mode sockets have, becomes IPv4.</summary>
    public static UdpEndpoint From(IPEndPoint address) => new(address.Address.ToString(), address.Port);

    /// <summary>The same host at another port, such as the one the system chose for port 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 to 65535.</exception>
    public UdpEndpoint WithPort(int port) => this with { Port = port };
}
