using System.Buffers.Binary;

namespace Switchboard.Transports.SharedMemory;

/// <summary>What a client says first through the socket, 16 bytes.</summary>
/// <param name="Version">Of everything between two ends: these messages, the layout of the memory, the waking.</param>
/// <param name="BufferBytes">How much each ring is to hold.</param>
internal readonly record struct Greeting(int Version, int BufferBytes)
{
    public const int Length = 16;

    /// <summary>The version that this code speaks.</summary>
    public const int Spoken = 1;

    private const int VersionAt = 8;
    private const int BufferBytesAt = 12;

    /// <summary>What both ends' first messages begin with, in every version.</summary>
    public static ReadOnlySpan<byte> Mark => "swbd-shm"u8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Mark.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(BufferBytesAt), BufferBytes);
        return bytes;
    }

    /// <summary>Null for bytes that are no greeting.</summary>
    public static Greeting? Read(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Mark)
        ? new Greeting(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[VersionAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[BufferBytesAt..]))
        : null;
}
