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
