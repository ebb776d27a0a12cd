using System.Globalization;
using System.Net;
using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>A TCP address, such as <c>tcp://localhost:7342</c> or <c>tcp://[fe80::1%eth0]:80</c>.</summary>
/// <param name="Host">
/// A name, an IPv4 address or an IPv6 address without its brackets. It is stored in its canonical spelling: lower case,
/// Unicode names in their ASCII form, the shortest IPv6 text, IPv4-mapped IPv6 as IPv4.
/// </param>
/// <param name="Port">0 to 65535. To listen at port 0 asks for any free port.</param>
/// <exception cref="ArgumentException">The host is neither a name nor an address, or there is no such port.</exception>
public sealed record TcpEndpoint(string Host, int Port) : Endpoint
{
    /// <summary>A name or an address, in its canonical spelling and without brackets.</summary>
    /// <exception cref="ArgumentException">It is neither a name nor an address.</exception>
    public string Host { get; init => field = HostText.Canonical(value); } = HostText.Canonical(Host);

    /// <summary>0 to 65535. To listen at port 0 asks for any free port.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 to 65535.</exception>
    public int Port { get; init => field = PortText.InRange(value); } = PortText.InRange(Port);

    /// <inheritdoc/>
    public override string Scheme => "tcp";

    /// <summary>
    /// The host as an address, or null when it is a name. It keeps the scope id; the name of an interface
    /// that this machine does not have becomes scope id 0.
    /// </summary>
    public IPAddress? Address => HostText.AddressOf(Host);

    /// <summary>
    /// Whether only this machine can reach it: 127.0.0.0/8, ::1, <c>localhost</c> and the names under it.
    /// </summary>
    public bool IsLoopback => Address is { } address ? IPAddress.IsLoopback(address) : HostName.IsLocalhost(Host);

    /// <summary>Whether it stands for all addresses of this machine, reachable from outside: 0.0.0.0 or ::.</summary>
    public bool IsAnyAddress => Address is { } address
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private protected override string AfterScheme =>
        (HostText.IsIPv6(Host) ? $"//[{Host}]:" : $"//{Host}:") + Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The endpoint of a socket address. IPv4-mapped IPv6, as dual-mode sockets have, becomes IPv4.</summary>
    public static TcpEndpoint From(IPEndPoint address) => new(address.Address.ToString(), address.Port);

    /// <summary>The same host at another port, such as the one the system chose for port 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 to 65535.</exception>
    public TcpEndpoint WithPort(int port) => this with { Port = port };
}
