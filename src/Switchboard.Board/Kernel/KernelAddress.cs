using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace Switchboard.Board.Kernel;

/// <summary>An address and a port in the kernel's form, quick to compare.</summary>
/// <param name="High">The address's first 8 bytes; of IPv4 all of it, in the first 4.</param>
/// <param name="Low">The rest of it.</param>
/// <param name="Port">0 while there is none.</param>
/// <param name="IsIPv6">Which kind.</param>
internal readonly record struct KernelAddress(ulong High, ulong Low, ushort Port, bool IsIPv6)
{
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;
    private const int MappedBits = 32;

    // ::ffff:0:0/96, as this machine reads the bytes before the IPv4 address.
    private static readonly uint MappedMark = BitConverter.IsLittleEndian ? 0xFFFF0000 : 0x0000FFFF;

    /// <summary>Whether the address is none in particular: everybody's, or nobody's.</summary>
    public bool IsAny => High == 0 && Low == 0;

    /// <summary>The same, with IPv4 as IPv4 where a socket of IPv6 talks with it.</summary>
    public KernelAddress Plain => IsIPv6 && High == 0 && (uint)Low == MappedMark
        ? new(Low >> MappedBits, 0, Port, false)
        : this;

    /// <param name="bytes">At least as many as the address has.</param>
    /// <param name="port">As people count.</param>
    /// <param name="isIPv6">Which kind.</param>
    public static KernelAddress Read(ReadOnlySpan<byte> bytes, ushort port, bool isIPv6) => isIPv6
        ? new(MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[sizeof(ulong)..]), port, true)
        : new(MemoryMarshal.Read<uint>(bytes), 0, port, false);

    public static KernelAddress Of(IPAddress address, int port)
    {
        Span<byte> bytes = stackalloc byte[IPv6Bytes];
        address.TryWriteBytes(bytes, out var count);
        return Read(bytes, (ushort)port, isIPv6: count == IPv6Bytes);
    }

    /// <summary>Writes the address as the kernel has it into 16 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        MemoryMarshal.Write(bytes, High);
        MemoryMarshal.Write(bytes[sizeof(ulong)..], Low);
    }

    /// <summary>As an endpoint without its scheme: <c>127.0.0.1:7342</c>, <c>[::1]:7342</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[IPv6Bytes];
        Write(bytes);
        var address = new IPAddress(IsIPv6 ? bytes : bytes[..IPv4Bytes]);
        return IsIPv6
            ? string.Create(CultureInfo.InvariantCulture, $"[{address}]:{Port}")
            : string.Create(CultureInfo.InvariantCulture, $"{address}:{Port}");
    }
}
