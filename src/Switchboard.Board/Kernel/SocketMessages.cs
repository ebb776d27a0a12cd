using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Switchboard.Board.Kernel;

/// <summary>What is said to the kernel's <c>sock_diag</c>, and what it says: all the offsets are here.</summary>
internal static class SocketMessages
{
    public const ushort Done = 3;
    public const ushort Failed = 2;
    public const ushort OfSocket = 20;
    public const ushort Destroy = 21;
    public const int HeaderBytes = 16;
    public const int RequestBytes = HeaderBytes + 56;

    private const ushort IsRequest = 1;
    private const ushort WantsAll = 0x300;
    private const ushort WantsConfirmation = 4;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte IPv4 = 2;
    private const byte IPv6 = 10;
    private const int RowBytes = 72;
    private const int Alignment = 4;
    private const ushort FlowAttribute = 2;
    private const ushort CongestionAttribute = 4;
    private const ushort MemoryAttribute = 7;
    private const int ReceiveBufferAt = 1 * sizeof(uint);
    private const int SendBufferAt = 3 * sizeof(uint);
    private const int DropsAt = 8 * sizeof(uint);

    /// <summary>Asks for all sockets of one family.</summary>
    public static void WriteDump(
        Span<byte> request, SocketKind kind, bool isIPv6, uint states, SocketDetail wanted)
    {
        WriteDumpHeader(request);
        WriteQuestion(request[HeaderBytes..], kind, isIPv6, states, wanted);
    }

    /// <summary>Begins a message that asks for all sockets of a kind, and clears the rest of it.</summary>
    public static void WriteDumpHeader(Span<byte> request) => WriteHeader(request, OfSocket, IsRequest | WantsAll);

    /// <summary>Asks for one TCP socket, or to end it.</summary>
    public static void WriteOne(Span<byte> request, in SocketRow row, ushort what, SocketDetail wanted)
    {
        WriteHeader(request, what, what == Destroy ? IsRequest | WantsConfirmation : IsRequest);
        var body = request[HeaderBytes..];
        WriteQuestion(body, SocketKind.Tcp, row.Local.IsIPv6, uint.MaxValue, wanted);
        BinaryPrimitives.WriteUInt16BigEndian(body[8..], row.Local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(body[10..], row.Remote.Port);
        row.Local.Write(body[12..]);
        row.Remote.Write(body[28..]);
        MemoryMarshal.Write(body[48..], row.Cookie);
    }

    /// <summary>How long the message at the start is, and of what kind.</summary>
    public static (int Bytes, ushort Kind) ReadHeader(ReadOnlySpan<byte> message) =>
        (MemoryMarshal.Read<int>(message), MemoryMarshal.Read<ushort>(message[4..]));

    /// <summary>What a message of failure says; 0 that it was none.</summary>
    public static int ReadError(ReadOnlySpan<byte> message) =>
        message.Length >= HeaderBytes + sizeof(int) ? -MemoryMarshal.Read<int>(message[HeaderBytes..]) : 0;

    /// <summary>Reads a message about a TCP socket.</summary>
    public static SocketRow? ReadRow(ReadOnlySpan<byte> message) => ReadRow(message, SocketKind.Tcp);

    /// <summary>Reads a message about a UDP socket.</summary>
    public static SocketRow? ReadDatagramRow(ReadOnlySpan<byte> message) => ReadRow(message, SocketKind.Udp);

    public static int Aligned(int bytes) => (bytes + Alignment - 1) & ~(Alignment - 1);

    /// <summary>Adds what the attribute of memory says.</summary>
    public static SocketRow WithMemory(in SocketRow row, ReadOnlySpan<byte> value) =>
        value.Length < DropsAt + sizeof(uint) ? row : row with
        {
            BufferBytes = (
                MemoryMarshal.Read<uint>(value[ReceiveBufferAt..]),
                MemoryMarshal.Read<uint>(value[SendBufferAt..])),
            Drops = MemoryMarshal.Read<uint>(value[DropsAt..]),
        };

    private static SocketRow? ReadRow(ReadOnlySpan<byte> message, SocketKind kind)
    {
        var body = message[HeaderBytes..];
        if (body.Length < RowBytes || body[0] is not (IPv4 or IPv6))
        {
            return null;
        }

        var isIPv6 = body[0] == IPv6;
        var state = (SocketState)body[1];
        var row = new SocketRow(
            MemoryMarshal.Read<ulong>(body[44..]),
            KernelAddress.Read(body[8..], BinaryPrimitives.ReadUInt16BigEndian(body[4..]), isIPv6),
            KernelAddress.Read(body[24..], BinaryPrimitives.ReadUInt16BigEndian(body[6..]), isIPv6),
            state,
            LessMark(MemoryMarshal.Read<uint>(body[56..]), HasPeerFinished(state)),
            LessMark(MemoryMarshal.Read<uint>(body[60..]), AwaitsConfirmationOfMark(state)),
            MemoryMarshal.Read<int>(body[64..]),
            MemoryMarshal.Read<uint>(body[68..]))
        {
            Kind = kind,
        };
        return WithAttributes(row, body[RowBytes..]);
    }

    // The kernel counts the mark that begins or ends a connection as a byte, while it waits.
    private static uint LessMark(uint bytes, bool hasMark) => hasMark && bytes > 0 ? bytes - 1 : bytes;

    private static bool HasPeerFinished(SocketState state) =>
        state is SocketState.CloseWait or SocketState.LastAck or SocketState.Closing;

    private static bool AwaitsConfirmationOfMark(SocketState state) =>
        state is SocketState.SynSent or SocketState.FinWait1 or SocketState.LastAck or SocketState.Closing;

    private static SocketRow WithAttributes(SocketRow row, ReadOnlySpan<byte> appended)
    {
        var attributes = new AttributeReader(appended);
        while (attributes.Read())
        {
            var value = attributes.Value;
            row = attributes.Kind switch
            {
                FlowAttribute => row with { Flow = SocketFlow.Read(value) },
                CongestionAttribute when row.Flow is { } flow =>
                    row with { Flow = flow with { Congestion = Encoding.ASCII.GetString(value.TrimEnd((byte)0)) } },
                MemoryAttribute => WithMemory(row, value),
                _ => row,
            };
        }

        return row;
    }

    private static void WriteHeader(Span<byte> request, ushort what, int flags)
    {
        request.Clear();
        MemoryMarshal.Write(request, request.Length);
        MemoryMarshal.Write(request[4..], what);
        MemoryMarshal.Write(request[6..], (ushort)flags);
    }

    private static void WriteQuestion(
        Span<byte> body, SocketKind kind, bool isIPv6, uint states, SocketDetail wanted)
    {
        body[0] = isIPv6 ? IPv6 : IPv4;
        body[1] = kind == SocketKind.Udp ? Udp : Tcp;
        body[2] = (byte)wanted;
        MemoryMarshal.Write(body[4..], states);
    }
}
