using System.Globalization;
using System.Net;
using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>An endpoint that is a host and a port.</summary>
public abstract record HostEndpoint : Endpoint
{
    private protected HostEndpoint(string host, int port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>
    /// A name or an address, in its canonical spelling and without brackets: lower case, Unicode names in their ASCII
    /// form, the shortest IPv6 text, IPv4-mapped IPv6 as IPv4.
    /// </summary>
    /// <exception cref="ArgumentException">It is neither a name nor an address.</exception>
    public string Host { get; init => field = HostText.Canonical(value); }

    /// <summary>0 to 65535. To listen at port 0 asks for any free port.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 to 65535.</exception>
    public int Port { get; init => field = PortText.InRange(value); }

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

    private protected sealed override string AfterScheme =>
        (HostText.IsIPv6(Host) ? $"//[{Host}]:" : $"//{Host}:") + Port.ToString(CultureInfo.InvariantCulture);
}
