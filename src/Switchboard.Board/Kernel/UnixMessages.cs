using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Switchboard.Board.Kernel;

/// <summary>What <c>sock_diag</c> is asked about Unix domain sockets and says: all the offsets are here.</summary>
internal static class UnixMessages
{
    public const int RequestBytes = SocketMessages.HeaderBytes + 24;

    private const byte Unix = 1;
    private const int RowBytes = 16;

    // Name, peer, queues, memory, user.
    private const int Wanted = 1 | 4 | 16 | 32 | 64;
    private const ushort NameAttribute = 0;
    private const ushort PeerAttribute = 2;
    private const ushort QueuesAttribute = 4;
    private const ushort MemoryAttribute = 5;
    private const ushort UserAttribute = 7;

    // A name is whatever a program likes: what would turn the reading direction or hide is not shown as it is.
    private static readonly SearchValues<char> Unreadable = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue).Select(code => (char)code).Where(IsUnreadable)]);

    /// <summary>Asks for all of them.</summary>
    public static void WriteDump(Span<byte> request)
    {
        SocketMessages.WriteDumpHeader(request);
        var body = request[SocketMessages.HeaderBytes..];
        body[0] = Unix;
        MemoryMarshal.Write(body[4..], uint.MaxValue);
        MemoryMarshal.Write(body[12..], Wanted);
    }

    /// <summary>Reads a message about a socket.</summary>
    public static SocketRow? ReadRow(ReadOnlySpan<byte> message)
    {
        var body = message[SocketMessages.HeaderBytes..];
        if (body.Length < RowBytes || body[0] != Unix)
        {
            return null;
        }

        var row = new SocketRow(
            MemoryMarshal.Read<ulong>(body[8..]), default, default, (SocketState)body[2], 0, 0,
            SocketRow.UnknownUser, MemoryMarshal.Read<uint>(body[4..]))
        {
            Kind = SocketKind.Unix,
            Unix = new UnixEnd((UnixType)body[1], null, 0),
        };
        var attributes = new AttributeReader(body[RowBytes..]);
        while (attributes.Read())
        {
            row = With(row, attributes.Kind, attributes.Value);
        }

        return row;
    }

    private static SocketRow With(in SocketRow row, ushort attribute, ReadOnlySpan<byte> value) => attribute switch
    {
        NameAttribute when !value.IsEmpty => row with { Unix = row.Unix!.Value with { Path = NameOf(value) } },
        PeerAttribute when value.Length >= sizeof(uint) =>
            row with { Unix = row.Unix!.Value with { PeerInode = MemoryMarshal.Read<uint>(value) } },
        QueuesAttribute when value.Length >= 2 * sizeof(uint) => row with
        {
            Unread = MemoryMarshal.Read<uint>(value),
            Waiting = MemoryMarshal.Read<uint>(value[sizeof(uint)..]),
        },
        MemoryAttribute => SocketMessages.WithMemory(row, value),
        UserAttribute when value.Length >= sizeof(int) => row with { UserId = MemoryMarshal.Read<int>(value) },
        _ => row,
    };

    // A path ends at its NUL; an abstract name begins with one, and is shown with an @ there, as everywhere.
    private static string NameOf(ReadOnlySpan<byte> value)
    {
        var isAbstract = value[0] == 0;
        var text = Encoding.UTF8.GetString(isAbstract ? value[1..] : value.TrimEnd((byte)0));
        var readable = text.AsSpan().ContainsAny(Unreadable)
            ? string.Concat(text.Select(letter => Unreadable.Contains(letter) ? '\uFFFD' : letter))
            : text;
        return isAbstract ? $"@{readable}" : readable;
    }

    private static bool IsUnreadable(char letter) =>
        char.IsControl(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
