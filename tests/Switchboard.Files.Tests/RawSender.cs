using System.Buffers.Binary;
using System.Text;
using Switchboard.Files.Protocol;
using Switchboard.Files.Transfers;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests;

/// <summary>A sender that says whatever a test wants, after it has proven the ticket.</summary>
internal sealed class RawSender : IAsyncDisposable
{
    private const int ModeAt = 10;

    private readonly Connection _connection;
    private readonly FramedConnection _frames;

    private RawSender(Connection connection)
    {
        _connection = connection;
        _frames = connection.Frames(Framing.LengthPrefixed(Wording.MaxFrameBytes));
    }

    /// <summary>Has the receiver receive, connects, and proves the ticket if there is one.</summary>
    public static Task<RawSender> ConnectAsync(TwoEnds ends, FileReceiver receiver, out Task<TransferResult> receiving)
    {
        receiving = receiver.ReceiveAsync();
        return ConnectAsync(ends, receiver);
    }

    private static async Task<RawSender> ConnectAsync(TwoEnds ends, FileReceiver receiver)
    {
        var connection = await OpenAsync(ends, receiver);
        await using (var frames = connection.Frames(Framing.LengthPrefixed(Wording.MaxFrameBytesBefore)))
        {
            var greeting = new Greeting(receiver.Ticket?.Secret, receiver.Ticket?.FingerprintBytes ?? []);
            var peer = new Conversation(connection, frames, Wording.MaxFrameBytesBefore);
            await greeting.SendAsync(peer, CancellationToken.None).Soon();
        }

        return new RawSender(connection);
    }

    /// <summary>A connection on which nothing has been said.</summary>
    public static Task<Connection> OpenAsync(TwoEnds ends, FileReceiver receiver) =>
        Connection.ConnectAsync(receiver.Local, new ConnectOptions
        {
            Transport = ends.Transport,
            Timeout = TwoEnds.Patience,
            Tls = receiver.Ticket is { } ticket ? new TlsConnectOptions { Pin = ticket.Fingerprint } : null,
        }).Soon();

    /// <summary>An entry as no honest sender would write it.</summary>
    public static byte[] Entry(EntryKind kind, string name, long size) =>
        Entry(kind, Encoding.UTF8.GetBytes(name), size);

    public static byte[] Entry(
        EntryKind kind, byte[] name, long size, byte mode = 0, long changed = FileTraits.NoTime)
    {
        const int NameAt = 19;
        var bytes = new byte[NameAt + name.Length];
        bytes[0] = (byte)MessageKind.Entry;
        bytes[1] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), size);
        bytes[ModeAt] = mode;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(ModeAt + 1), changed);
        name.CopyTo(bytes, NameAt);
        return bytes;
    }

    public static byte[] Chunk(params byte[] bytes) => [(byte)MessageKind.Chunk, .. bytes];

    public async Task SendAsync(params byte[][] messages)
    {
        foreach (var message in messages)
        {
            await _frames.SendAsync(message).Soon();
        }
    }

    /// <summary>Says all of it, whether or not anybody listens any more.</summary>
    public async Task TrySendAsync(params byte[][] messages)
    {
        try
        {
            await SendAsync(messages);
        }
        catch (ConnectionException)
        {
            // The receiver had heard enough.
        }
    }

    /// <summary>The next message; null at the end.</summary>
    public async Task<byte[]?> ReceiveAsync() => (await _frames.ReceiveAsync().Soon())?.ToArray();

    /// <summary>What the receiver says when it gives up, behind whatever else it says.</summary>
    public async Task<(TransferFailure Failure, int Index)> WaitForRefusalAsync()
    {
        while (await ReceiveAsync() is { } message)
        {
            if (message[0] == (byte)MessageKind.GaveUp)
            {
                return new MessageReader(_connection, message).GaveUp();
            }
        }

        throw new InvalidOperationException("It ended without a word.");
    }

    public async ValueTask DisposeAsync()
    {
        await _frames.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
