using System.Runtime.InteropServices;

namespace Switchboard.Board.Kernel;

/// <summary>What the kernel counts of one TCP connection; null for what an older kernel does not tell.</summary>
internal sealed record SocketFlow
{
    /// <summary>As many bytes as this program reads of what the kernel writes; newer kernels write more.</summary>
    public const int MaxBytes = 256;

    private const int LeastBytes = 104;

    /// <summary>How long the peer takes to confirm, smoothed; null before the first measurement.</summary>
    public int? RoundTripMicroseconds { get; init; }

    /// <summary>How much that varies.</summary>
    public int? RoundTripVarianceMicroseconds { get; init; }

    /// <summary>The shortest that was seen.</summary>
    public int? LeastRoundTripMicroseconds { get; init; }

    /// <summary>After what silence bytes are sent again.</summary>
    public int RetransmitTimeoutMicroseconds { get; init; }

    /// <summary>How many segments may be under way.</summary>
    public int CongestionWindow { get; init; }

    /// <summary>The largest segment sent.</summary>
    public int SegmentBytes { get; init; }

    /// <summary>Segments that the peer has not confirmed; of a listener, peers that wait to be accepted.</summary>
    public int Unacknowledged { get; init; }

    /// <summary>Of a listener, how many peers may wait; otherwise segments confirmed out of order.</summary>
    public int Backlog { get; init; }

    /// <summary>Segments believed lost.</summary>
    public int Lost { get; init; }

    /// <summary>Segments sent again, since the beginning.</summary>
    public int Retransmits { get; init; }

    /// <summary>How often in a row the same segment was sent again without an answer.</summary>
    public int Retries { get; init; }

    /// <summary>Bytes that the peer's system has confirmed.</summary>
    public long? BytesAcknowledged { get; init; }

    /// <summary>Bytes that the peer sent and this system confirmed.</summary>
    public long? BytesReceived { get; init; }

    public int? SegmentsOut { get; init; }

    public int? SegmentsIn { get; init; }

    /// <summary>Bytes taken from the program and never sent.</summary>
    public int? UnsentBytes { get; init; }

    /// <summary>How fast the last bytes arrived at the peer.</summary>
    public long? DeliveryBytesPerSecond { get; init; }

    /// <summary>Of the time in which there was something to send, how much the peer's window stopped it.</summary>
    public long? StoppedByPeerMicroseconds { get; init; }

    /// <summary>The same, by this end's buffer.</summary>
    public long? StoppedByBufferMicroseconds { get; init; }

    /// <summary>Since the last bytes were sent.</summary>
    public int LastSentMilliseconds { get; init; }

    /// <summary>Since the last bytes came.</summary>
    public int LastReceivedMilliseconds { get; init; }

    /// <summary>What paces sending: <c>cubic</c>, <c>bbr</c>; null if it was not asked for.</summary>
    public string? Congestion { get; init; }

    /// <summary>Reads the kernel's <c>tcp_info</c>.</summary>
    /// <returns>Null if it is shorter than any that is known.</returns>
    public static SocketFlow? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LeastBytes)
        {
            return null;
        }

        return new SocketFlow
        {
            Retries = bytes[2],
            RetransmitTimeoutMicroseconds = Int(bytes, 8)!.Value,
            SegmentBytes = Int(bytes, 16)!.Value,
            Unacknowledged = Int(bytes, 24)!.Value,
            Backlog = Int(bytes, 28)!.Value,
            Lost = Int(bytes, 32)!.Value,
            LastSentMilliseconds = Int(bytes, 44)!.Value,
            LastReceivedMilliseconds = Int(bytes, 52)!.Value,
            RoundTripMicroseconds = Int(bytes, 68) is > 0 and var roundTrip ? roundTrip : null,
            RoundTripVarianceMicroseconds = Int(bytes, 72),
            CongestionWindow = Int(bytes, 80)!.Value,
            Retransmits = Int(bytes, 100)!.Value,
            BytesAcknowledged = Long(bytes, 120),
            BytesReceived = Long(bytes, 128),
            SegmentsOut = Int(bytes, 136),
            SegmentsIn = Int(bytes, 140),
            UnsentBytes = Int(bytes, 144),

            // All bits set before there was any.
            LeastRoundTripMicroseconds = Int(bytes, 148) is > 0 and var least ? least : null,
            DeliveryBytesPerSecond = Long(bytes, 160),
            StoppedByPeerMicroseconds = Long(bytes, 176),
            StoppedByBufferMicroseconds = Long(bytes, 184),
        };
    }

    private static int? Int(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length >= at + sizeof(int) ? MemoryMarshal.Read<int>(bytes[at..]) : null;

    private static long? Long(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length >= at + sizeof(long) ? MemoryMarshal.Read<long>(bytes[at..]) : null;
}
