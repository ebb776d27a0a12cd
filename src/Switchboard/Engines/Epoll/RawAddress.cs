using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Switchboard.Engines.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>Addresses as the kernel writes them.</summary>
internal static unsafe class RawAddress
{
    /// <summary>As much as any address needs.</summary>
    public const int MaxBytes = 128;

    private static readonly UnixDomainSocketEndPoint AnyUnix = new("any");

    public static Endpoint LocalOf(int descriptor)
    {
        var address = stackalloc byte[MaxBytes];
        uint length = MaxBytes;
        return Libc.LocalName(descriptor, address, &length) == 0
            ? ToEndpoint(new ReadOnlySpan<byte>(address, (int)length))
            : throw Errno.ToException(Marshal.GetLastPInvokeError());
    }

    public static Endpoint ToEndpoint(ReadOnlySpan<byte> address)
    {
        const int MinFamilyBytes = 2;
        var family = address.Length < MinFamilyBytes ? Libc.AfUnix : MemoryMarshal.Read<ushort>(address);
        return family switch
        {
            Libc.AfInet => SocketAddresses.ToEndpoint(
                new IPEndPoint(new IPAddress(address.Slice(4, 4)), Port(address))),
            Libc.AfInet6 => SocketAddresses.ToEndpoint(new IPEndPoint(
                new IPAddress(address.Slice(8, 16), MemoryMarshal.Read<uint>(address[24..])), Port(address))),
            _ => ToUnix(address[MinFamilyBytes..]),
        };
    }

    /// <summary>The address of IPv4 or IPv6 that the kernel has written; nobody's if it is neither.</summary>
    public static DatagramAddress Read(ReadOnlySpan<byte> address)
    {
        const int MinBytes = 16;
        return address.Length < MinBytes ? default : MemoryMarshal.Read<ushort>(address) switch
        {
            Libc.AfInet => new DatagramAddress(
                BinaryPrimitives.ReadUInt32BigEndian(address[4..]), 0, (ushort)Port(address), isIPv6: false),
            Libc.AfInet6 => new DatagramAddress(
                BinaryPrimitives.ReadUInt128BigEndian(address[8..]), MemoryMarshal.Read<uint>(address[24..]),
                (ushort)Port(address), isIPv6: true),
            _ => default,
        };
    }

    /// <summary>Writes an address as the kernel reads it.</summary>
    /// <param name="address">The address.</param>
    /// <param name="asIPv6">Whether the socket is of IPv6, where IPv4 is mapped.</param>
    /// <param name="raw">28 bytes, all 0.</param>
    /// <returns>How many bytes of them it takes.</returns>
    public static uint Write(in DatagramAddress address, bool asIPv6, byte* raw)
    {
        const int IPv4Length = 16;
        const int IPv6Length = 28;
        const ulong MappedPrefix = 0xFFFF_0000_0000;
        var bytes = new Span<byte>(raw, IPv6Length);
        MemoryMarshal.Write(bytes, (ushort)(asIPv6 ? Libc.AfInet6 : Libc.AfInet));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)address.Port);
        if (!asIPv6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], (uint)address.Bits);
            return IPv4Length;
        }

        BinaryPrimitives.WriteUInt128BigEndian(
            bytes[8..], address.IsIPv6 ? address.Bits : address.Bits | MappedPrefix);
        MemoryMarshal.Write(bytes[24..], address.Scope);
        return IPv6Length;
    }

    private static int Port(ReadOnlySpan<byte> address) => BinaryPrimitives.ReadUInt16BigEndian(address[2..]);

    private static UnixEndpoint ToUnix(ReadOnlySpan<byte> path)
    {
        const int PathOffset = 2;
        if (path.IsEmpty)
        {
            return UnixEndpoint.Unnamed;
        }

        var address = new SocketAddress(AddressFamily.Unix, PathOffset + path.Length);
        path.CopyTo(address.Buffer.Span[PathOffset..]);
        return UnixEndpoint.From((UnixDomainSocketEndPoint)AnyUnix.Create(address));
    }
}
