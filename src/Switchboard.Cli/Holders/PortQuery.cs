using System.Net;

namespace Switchboard.Cli.Holders;

/// <summary>A port, at some addresses or at all.</summary>
/// <param name="Port">The port in question.</param>
/// <param name="Addresses">This machine's addresses in question; null for every address.</param>
internal sealed record PortQuery(int Port, IReadOnlyList<IPAddress>? Addresses)
{
    /// <summary>Whether it is a port of UDP; otherwise of TCP.</summary>
    public bool IsOfDatagrams { get; init; }

    /// <summary>A port as an endpoint has it, of UDP or of TCP.</summary>
    public static PortQuery For(HostEndpoint endpoint, IReadOnlyList<IPAddress>? addresses) =>
        new(endpoint.Port, addresses) { IsOfDatagrams = endpoint is UdpEndpoint };

    /// <summary>
    /// Whether a socket there stands in the way of a listener at this port: the same address, or one end of the two
    /// stands for all addresses.
    /// </summary>
    public bool Concerns(IPEndPoint local) =>
        local.Port == Port && (Addresses is null || Addresses.Any(address => Meets(address, local.Address)));

    private static bool Meets(IPAddress asked, IPAddress held) =>
        Plain(asked).Equals(Plain(held)) || IsAny(asked) || (IsAny(held) && TakesFamilyOf(held, asked));

    // :: usually takes IPv4 as well; the kernel's list does not say, so it is shown rather than hidden.
    private static bool TakesFamilyOf(IPAddress any, IPAddress address) =>
        any.Equals(IPAddress.IPv6Any) || any.AddressFamily == Plain(address).AddressFamily;

    private static bool IsAny(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
