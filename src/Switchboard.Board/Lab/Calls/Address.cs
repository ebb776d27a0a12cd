using System.Buffers.Binary;
using System.Net;

namespace Switchboard.Board.Lab.Calls;

/// <summary>Addresses as the kernel takes and gives them: <c>struct sockaddr_in</c>.</summary>
internal static class Address
{
    public const int Length = 16;

    private const int PortAt = 2;
    private const int HostAt = 4;
    private const int HostBytes = 4;

    public static byte[] Of(IPEndPoint address)
    {
        var bytes = new byte[Length];
        BitConverter.TryWriteBytes(bytes, (short)SystemCalls.InternetFamily);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(PortAt), (ushort)address.Port);
        address.Address.TryWriteBytes(bytes.AsSpan(HostAt), out _);
        return bytes;
    }

    public static IPEndPoint Read(ReadOnlySpan<byte> bytes) => new(
        new IPAddress(bytes.Slice(HostAt, HostBytes)), BinaryPrimitives.ReadUInt16BigEndian(bytes[PortAt..]));

    /// <summary>The address that a socket has; null if the descriptor is closed.</summary>
    public static IPEndPoint? LocalOf(int descriptor)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var length = Length;
        return SystemCalls.GetName(descriptor, bytes, ref length) == 0 ? Read(bytes) : null;
    }
}
