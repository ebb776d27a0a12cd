using System.Buffers.Binary;

namespace Switchboard.Files.Protocol;

/// <summary>
/// One end of the protocol: messages over a connection, of which this class owns neither. Messages go out through the
/// frames; the bytes of files, which are many, are framed here and pass no other buffer on their way.
/// </summary>
/// <param name="connection">Received from, by this class alone.</param>
/// <param name="frames">Sent with.</param>
/// <param name="maxFrameBytes">No message is longer; checked before memory is spent on it.</param>
internal sealed class Conversation(Connection connection, FramedConnection frames, int maxFrameBytes)
{
    private const int FirstBufferBytes = 512;

    private readonly byte[] _prefix = new byte[Wording.PrefixBytes];
    private byte[] _message = new byte[Math.Min(FirstBufferBytes, maxFrameBytes)];
    private Task _sendingChunk = Task.CompletedTask;

    public Connection Connection => connection;

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        frames.SendAsync(message, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => frames.FlushAsync(cancellationToken);

    /// <summary>Sends a chunk whose frame is written already, length and kind in front.</summary>
    /// <param name="frame">Not to be changed until it is sent, or <see cref="ChunkSentAsync"/> has completed.</param>
    /// <param name="cancellationToken">Ends the wait; the chunk still goes out whole.</param>
    public async ValueTask SendChunkAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        // Whatever was held has to be in front of it; after that nobody else sends.
        await frames.FlushAsync(cancellationToken).ConfigureAwait(false);
        var sending = connection.SendAsync(frame, CancellationToken.None);
        if (sending.IsCompletedSuccessfully)
        {
            await sending.ConfigureAwait(false);
            return;
        }

        _sendingChunk = sending.AsTask();
        await _sendingChunk.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes, never with an exception, when no chunk is on its way any more.</summary>
    public Task ChunkSentAsync(TimeSpan timeout, TimeProvider time) =>
        Task.WhenAny(_sendingChunk, Task.Delay(timeout, time));

    /// <summary>The next message, borrowed until the one after it is asked for.</summary>
    /// <exception cref="ProtocolBrokenException">It is no message.</exception>
    /// <exception cref="ConnectionException">The connection ended; in this protocol no end is in order.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await connection.ReceiveExactlyAsync(_prefix, cancellationToken).ConfigureAwait(false);
            var message = MakeRoom(BinaryPrimitives.ReadUInt32BigEndian(_prefix));
            await connection.ReceiveExactlyAsync(message, cancellationToken).ConfigureAwait(false);
            return message;
        }
        catch (TruncatedReceiveException error)
        {
            throw new ConnectionException(
                "receive", connection.Local, connection.Remote, "the peer left before everything was there", error);
        }
    }

    private Memory<byte> MakeRoom(uint length)
    {
        if (length == 0 || length > (uint)maxFrameBytes)
        {
            throw new ProtocolBrokenException(
                "receive", connection.Local, connection.Remote,
                $"the peer broke the protocol: a message has {length} bytes, and 1 to {maxFrameBytes} are possible");
        }

        if (_message.Length < length)
        {
            _message = new byte[length <= Wording.MaxControlBytes ? Wording.MaxControlBytes : maxFrameBytes];
        }

        return _message.AsMemory(0, (int)length);
    }
}
