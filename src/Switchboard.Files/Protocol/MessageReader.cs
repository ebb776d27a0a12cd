using System.Buffers.Binary;
using System.Security.Cryptography;
using Switchboard.Files.Names;
using Switchboard.Files.Tickets;
using Switchboard.Files.Transfers;

namespace Switchboard.Files.Protocol;

/// <summary>
/// Reads a frame's message, field after field. A peer wrote it: each field is checked before it means anything, and
/// whatever does not fit is a <see cref="ProtocolBrokenException"/>.
/// </summary>
internal ref struct MessageReader
{
    private readonly Connection _connection;
    private ReadOnlySpan<byte> _rest;

    /// <param name="connection">For the text of what goes wrong.</param>
    /// <param name="frame">The message.</param>
    public MessageReader(Connection connection, ReadOnlySpan<byte> frame)
    {
        _connection = connection;
        _rest = frame;
        Kind = (MessageKind)Take(1)[0];
    }

    public MessageKind Kind { get; }

    public void Expect(MessageKind kind)
    {
        if (Kind != kind)
        {
            throw Broken($"{kind} was due, and it sent {(Enum.IsDefined(Kind) ? $"{Kind}" : "something unknown")}");
        }
    }

    /// <summary>Reads what both ends say first.</summary>
    /// <returns>The version it speaks; of another than ours nothing else is known.</returns>
    public (byte Version, bool IsProtected, byte[] Nonce) Hello()
    {
        if (Kind != MessageKind.Hello || !_rest.StartsWith(Wording.Mark))
        {
            throw Broken("it does not speak this protocol");
        }

        Take(Wording.Mark.Length);
        var version = Take(1)[0];
        if (version != Wording.Version)
        {
            return (version, false, []);
        }

        var isProtected = Take(1)[0] != 0;
        return End((version, isProtected, Take(TicketSecret.NonceBytes).ToArray()));
    }

    public byte[] Proof()
    {
        Expect(MessageKind.Proof);
        return End(Take(TicketSecret.ProofBytes).ToArray());
    }

    public int Offer()
    {
        Expect(MessageKind.Offer);
        return End(Count());
    }

    /// <exception cref="TransferException">The name breaks a rule.</exception>
    public Entry Entry()
    {
        Expect(MessageKind.Entry);
        var kind = (EntryKind)Take(1)[0];
        var size = BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));
        var fits = kind switch
        {
            EntryKind.File => size >= 0,
            EntryKind.Folder => size == 0,
            EntryKind.Stream => size == Wording.NoSize,
            _ => false,
        };
        if (!fits)
        {
            throw Broken($"an entry of kind {(byte)kind} cannot have {size} bytes");
        }

        var traits = Traits();
        return kind == EntryKind.File || traits == default
            ? new Entry(kind, OfferedName.Parse(_rest), size, traits)
            : throw Broken($"an entry of kind {(byte)kind} has a mode or a time");
    }

    public Answer Answer()
    {
        Expect(MessageKind.Answer);
        var index = Count();
        var kind = (AnswerKind)Take(1)[0];
        var bytes = BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));
        var digest = Take(SHA256.HashSizeInBytes).ToArray();
        return Enum.IsDefined(kind) && bytes >= 0
            ? End(new Answer(index, kind, bytes, digest))
            : throw Broken($"it has {bytes} bytes in a way numbered {(byte)kind}");
    }

    public (int Index, long Offset) Begin()
    {
        Expect(MessageKind.Begin);
        return End((Count(), BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)))));
    }

    public (long Size, byte[] Digest) FileEnd()
    {
        Expect(MessageKind.End);
        var size = BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));
        return End((size, Take(SHA256.HashSizeInBytes).ToArray()));
    }

    public int Stored()
    {
        Expect(MessageKind.Stored);
        return End(Count());
    }

    public (TransferFailure Failure, int Index) GaveUp()
    {
        Expect(MessageKind.GaveUp);
        var failure = (TransferFailure)Take(1)[0];
        var index = BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));
        return End((Enum.IsDefined(failure) ? failure : TransferFailure.Other, index));
    }

    public readonly ProtocolBrokenException Broken(string problem) =>
        new("receive", _connection.Local, _connection.Remote, $"the peer broke the protocol: {problem}");

    private FileTraits Traits()
    {
        var mode = Take(1)[0];
        var changed = BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));
        return mode <= 1
            ? new FileTraits(mode == 1, FileTraits.ToTime(changed))
            : throw Broken($"there is no mode {mode}");
    }

    private int Count()
    {
        var count = BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));
        return count >= 0 ? count : throw Broken($"it counts {count}");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw Broken("a message is too short");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private readonly T End<T>(T value) => _rest.IsEmpty ? value : throw Broken("a message is too long");
}
