using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Switchboard;

/// <summary>
/// Where a datagram comes from or goes to: an IP address and a port as plain numbers, so that it can be copied,
/// compared and used as a key without costing memory. IPv4-mapped IPv6, as dual-mode sockets have, is IPv4.
/// </summary>
public readonly record struct DatagramAddress
{
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;

    /// <param name="address">An address of IPv4 or IPv6.</param>
    /// <param name="port">0 to 65535.</param>
    /// <exception cref="ArgumentException">It is of another family.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such port.</exception>
    public DatagramAddress(IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, IPEndPoint.MinPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        Span<byte> bytes = stackalloc byte[IPv6Bytes];
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        IsIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        if (!IsIPv6 && address.AddressFamily != AddressFamily.InterNetwork)
        {
            throw new ArgumentException($"{address} is no IP address.", nameof(address));
        }

        address.TryWriteBytes(bytes, out _);
        Bits = IsIPv6 ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
        Scope = IsIPv6 ? (uint)address.ScopeId : 0;
        Port = (ushort)port;
    }

    internal DatagramAddress(UInt128 bits, uint scope, ushort port, bool isIPv6)
    {
        const uint MappedPrefix = 0xFFFF;
        var isMapped = isIPv6 && bits >> 32 == MappedPrefix;
        Bits = isMapped ? (uint)bits : bits;
        Scope = isMapped ? 0 : scope;
        Port = port;
        IsIPv6 = isIPv6 && !isMapped;
    }

    /// <summary>0 to 65535.</summary>
    public int Port { get; }

    /// <summary>Whether the address is one of IPv6.</summary>
    public bool IsIPv6 { get; }

    /// <summary>The address, made anew each time.</summary>
    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[IPv6Bytes];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
            return IsIPv6 ? new IPAddress(bytes, Scope) : new IPAddress(bytes[^IPv4Bytes..]);
        }
    }

    // The address as one number, the first byte of its text the most significant.
    internal UInt128 Bits { get; }

    internal uint Scope { get; }

    /// <summary>The address of an endpoint whose host is an address; a name has to be looked up first.</summary>
    /// <exception cref="ArgumentException">The host is a name.</exception>
    public static DatagramAddress From(UdpEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Address is { } address
            ? new(address, endpoint.Port)
            : throw new ArgumentException(
                $"{endpoint} is a name. Look it up, with Dns.GetHostAddressesAsync for one, or connect to it.",
                nameof(endpoint));
    }

    /// <summary>The same address in the framework's words.</summary>
    public static DatagramAddress FromIPEndPoint(IPEndPoint address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new(address.Address, address.Port);
    }

    /// <summary>The same as <see cref="FromIPEndPoint"/>.</summary>
    public static implicit operator DatagramAddress(IPEndPoint address) => FromIPEndPoint(address);

    /// <summary>The same address in the framework's words, made anew each time.</summary>
    public IPEndPoint ToIPEndPoint() => new(Address, Port);

    /// <summary>The same address as an endpoint, made anew each time.</summary>
    public UdpEndpoint ToEndpoint() => UdpEndpoint.From(ToIPEndPoint());

    /// <summary>The spelling of the endpoint, such as <c>udp://127.0.0.1:7342</c>.</summary>
    public override string ToString() => ToEndpoint().ToString();
}
