using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Switchboard.Engines.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// An internet address as the kernel told it, kept small: most connections end without anybody asking who it was.
/// </summary>
internal readonly struct PeerAddress
{
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly uint _scope;
    private readonly ushort _port;
    private readonly bool _isIPv6;

    /// <param name="address">As <c>accept</c> writes it, for a socket of IPv4 or IPv6.</param>
    public PeerAddress(ReadOnlySpan<byte> address)
    {
        _isIPv6 = MemoryMarshal.Read<ushort>(address) == Libc.AfInet6;
        _port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        _first = _isIPv6 ? MemoryMarshal.Read<ulong>(address[8..]) : MemoryMarshal.Read<uint>(address[4..]);
        _second = _isIPv6 ? MemoryMarshal.Read<ulong>(address[16..]) : 0;
        _scope = _isIPv6 ? MemoryMarshal.Read<uint>(address[24..]) : 0;
    }

    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[IPv6Bytes];
            MemoryMarshal.Write(bytes, _first);
            MemoryMarshal.Write(bytes[sizeof(ulong)..], _second);
            if (!_isIPv6)
            {
                return new IPAddress(bytes[..IPv4Bytes]);
            }

            var address = new IPAddress(bytes, _scope);
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }
    }

    public Endpoint ToEndpoint() => SocketAddresses.ToEndpoint(new IPEndPoint(Address, _port));
}
