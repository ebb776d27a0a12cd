using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Switchboard.Files.Protocol;

/// <summary>Messages as the bytes of frames.</summary>
internal static class MessageWriter
{
    public static byte[] Hello(byte version, bool isProtected, ReadOnlySpan<byte> nonce) =>
        [(byte)MessageKind.Hello, .. Wording.Mark, version, isProtected ? (byte)1 : (byte)0, .. nonce];

    public static byte[] Proof(ReadOnlySpan<byte> proof) => [(byte)MessageKind.Proof, .. proof];

    public static byte[] Offer(int entries)
    {
        var bytes = Start(MessageKind.Offer, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), entries);
        return bytes;
    }

    public static byte[] Entry(Entry entry)
    {
        const int TimeAt = 3 + sizeof(long);
        const int NameAt = TimeAt + sizeof(long);
        var bytes = Start(MessageKind.Entry, NameAt - 1 + entry.Name.Bytes);
        bytes[1] = (byte)entry.Kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), entry.Size);
        bytes[TimeAt - 1] = entry.Traits.IsExecutable ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(TimeAt), entry.Traits.ToNanoseconds());
        entry.Name.Encode(bytes.AsSpan(NameAt));
        return bytes;
    }

    public static byte[] Answer(Answer answer)
    {
        const int BytesAt = 2 + sizeof(int);
        const int DigestAt = BytesAt + sizeof(long);
        var bytes = Start(MessageKind.Answer, DigestAt - 1 + SHA256.HashSizeInBytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), answer.Index);
        bytes[1 + sizeof(int)] = (byte)answer.Kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(BytesAt), answer.Bytes);
        answer.Digest.CopyTo(bytes.AsSpan(DigestAt));
        return bytes;
    }

    public static byte[] Begin(int index, long offset)
    {
        var bytes = Start(MessageKind.Begin, sizeof(int) + sizeof(long));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), index);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + sizeof(int)), offset);
        return bytes;
    }

    public static byte[] End(long size, ReadOnlySpan<byte> digest)
    {
        var bytes = Start(MessageKind.End, sizeof(long) + SHA256.HashSizeInBytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), size);
        digest.CopyTo(bytes.AsSpan(1 + sizeof(long)));
        return bytes;
    }

    public static byte[] Stored(int index)
    {
        var bytes = Start(MessageKind.Stored, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), index);
        return bytes;
    }

    public static byte[] Done() => Start(MessageKind.Done, 0);

    public static byte[] Alive() => Start(MessageKind.Alive, 0);

    public static byte[] GaveUp(TransferFailure failure, int index)
    {
        var bytes = Start(MessageKind.GaveUp, 1 + sizeof(int));
        bytes[1] = (byte)failure;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), index);
        return bytes;
    }

    private static byte[] Start(MessageKind kind, int bodyBytes)
    {
        var bytes = new byte[1 + bodyBytes];
        bytes[0] = (byte)kind;
        return bytes;
    }
}
