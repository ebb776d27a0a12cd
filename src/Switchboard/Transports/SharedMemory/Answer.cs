using System.Buffers.Binary;

namespace Switchboard.Transports.SharedMemory;

/// <summary>What a server answers to a <see cref="Greeting"/>, 24 bytes.</summary>
/// <param name="Version">The server's own.</param>
/// <param name="Verdict">Whether the client may go on.</param>
/// <param name="BufferBytes">How much each ring holds.</param>
/// <param name="Descriptor">The number that the memory has in the server's process.</param>
internal readonly record struct Answer(int Version, Verdict Verdict, int BufferBytes, int Descriptor)
{
    public const int Length = 24;

    private const int VersionAt = 8;
    private const int VerdictAt = 12;
    private const int BufferBytesAt = 16;
    private const int DescriptorAt = 20;

    public static Answer No(Verdict verdict) => new(Greeting.Spoken, verdict, 0, 0);

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Greeting.Mark.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(VerdictAt), (int)Verdict);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(BufferBytesAt), BufferBytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(DescriptorAt), Descriptor);
        return bytes;
    }

    /// <summary>Null for bytes that are no answer.</summary>
    public static Answer? Read(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Greeting.Mark)
        ? new Answer(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[VersionAt..]),
            (Verdict)BinaryPrimitives.ReadInt32LittleEndian(bytes[VerdictAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[BufferBytesAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[DescriptorAt..]))
        : null;
}
