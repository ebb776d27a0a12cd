using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Files.Protocol;

/// <summary>
/// One end of the protocol: messages over a connection, of which this class owns neither. Messages go out through the
/// frames; the bytes of files, which are many, are framed here and pass no other buffer on their way. One caller
/// receives, any number may send.
/// </summary>
/// <param name="connection">Received from, by this class alone.</param>
/// <param name="frames">Sent with.</param>
/// <param name="maxFrameBytes">No message is longer; checked before memory is spent on it.</param>
[SuppressMessage("Design", "CA1001", Justification = "It has no handle, and a chunk may outlive this.")]
internal sealed class Conversation(Connection connection, FramedConnection frames, int maxFrameBytes)
{
    private const int FirstBufferBytes = 512;

    private readonly SemaphoreSlim _sending = new(1);
    private readonly byte[] _head = new byte[Wording.PrefixBytes + 1];
    private byte[] _message = [];
    private byte[] _messageBefore = [];
    private Task _sendingChunk = Task.CompletedTask;
    private volatile ConnectionTimeoutException? _silence;

    public Connection Connection => connection;

    /// <summary>Whether this end waits for the peer: only then can it be silent.</summary>
    public bool IsReceiving { get; private set; }

    /// <summary>How many messages have come, signs of life not counted.</summary>
    public long MessagesReceived { get; private set; }

    /// <summary>Sends a message, when whatever is being sent has gone out.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await frames.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionException) when (_silence is not null)
        {
            throw _silence;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says that this end is there, unless it is saying something already.</summary>
    public async ValueTask SendSignOfLifeAsync(CancellationToken cancellationToken)
    {
        if (!await _sending.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await frames.SendAsync(MessageWriter.Alive(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => frames.FlushAsync(cancellationToken);

    /// <summary>Sends a chunk whose frame is written already, length and kind in front.</summary>
    /// <param name="frame">Not to be changed until it is sent, or <see cref="ChunkSentAsync"/> has completed.</param>
    /// <param name="cancellationToken">Ends the wait; the chunk still goes out whole.</param>
    public async ValueTask SendChunkAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        _sendingChunk = SendInTurnAsync(frame);
        try
        {
            await _sendingChunk.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionException) when (_silence is not null)
        {
            throw _silence;
        }
    }

    /// <summary>Completes, never with an exception, when no chunk is on its way any more.</summary>
    public Task ChunkSentAsync(TimeSpan timeout, TimeProvider time) =>
        Task.WhenAny(_sendingChunk, Task.Delay(timeout, time));

    /// <summary>
    /// The next message, borrowed until the second one after it is asked for: the next may come in while this one is
    /// worked on.
    /// </summary>
    /// <exception cref="ProtocolBrokenException">It is no message.</exception>
    /// <exception cref="ConnectionException">The connection ended; in this protocol no end is in order.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        IsReceiving = true;
        try
        {
            return await ReceiveMessageAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TruncatedReceiveException error)
        {
            throw new ConnectionException(
                "receive", connection.Local, connection.Remote, "the peer left before everything was there", error);
        }
        catch (Exception) when (_silence is not null)
        {
            throw _silence;
        }
        finally
        {
            IsReceiving = false;
        }
    }

    /// <summary>Ends the connection, and says why to whoever sends or receives.</summary>
    /// <param name="limit">How long the peer may be silent.</param>
    public void EndSilent(TimeSpan limit)
    {
        _silence = new ConnectionTimeoutException(
            TimeoutPhase.Idle, limit, connection.Local, connection.Remote,
            $"the peer has said nothing for {limit.TotalSeconds:F0} s, not even that it is still there");
        connection.Abort();
    }

    private async Task SendInTurnAsync(ReadOnlyMemory<byte> frame)
    {
        try
        {
            // Whatever was held has to be in front of it.
            await frames.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await connection.SendAsync(frame, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReceiveMessageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await connection.ReceiveExactlyAsync(_head.AsMemory(0, Wording.PrefixBytes), cancellationToken)
                .ConfigureAwait(false);
            var length = BinaryPrimitives.ReadUInt32BigEndian(_head);
            ThrowIfImpossible(length);
            await connection.ReceiveExactlyAsync(_head.AsMemory(Wording.PrefixBytes), cancellationToken)
                .ConfigureAwait(false);
            if (length == 1 && IsSignOfLife)
            {
                continue;
            }

            var message = MakeRoom((int)length);
            message.Span[0] = _head[Wording.PrefixBytes];
            await connection.ReceiveExactlyAsync(message[1..], cancellationToken).ConfigureAwait(false);
            MessagesReceived++;
            return message;
        }
    }

    // Who has proven nothing has no reason to be slow.
    private bool IsSignOfLife =>
        _head[Wording.PrefixBytes] == (byte)MessageKind.Alive && maxFrameBytes > Wording.MaxFrameBytesBefore;

    private void ThrowIfImpossible(uint length)
    {
        if (length == 0 || length > (uint)maxFrameBytes)
        {
            throw new ProtocolBrokenException(
                "receive", connection.Local, connection.Remote,
                $"the peer broke the protocol: a message has {length} bytes, and 1 to {maxFrameBytes} are possible");
        }
    }

    private Memory<byte> MakeRoom(int length)
    {
        (_message, _messageBefore) = (_messageBefore, _message);
        if (_message.Length < length)
        {
            _message = new byte[RoomFor(length)];
        }

        return _message.AsMemory(0, length);
    }

    // Few sizes, so that a peer that sends longer and longer messages has no new memory each time.
    private int RoomFor(int length) => Math.Min(
        maxFrameBytes,
        length <= FirstBufferBytes ? FirstBufferBytes
            : length <= Wording.MaxControlBytes ? Wording.MaxControlBytes
            : maxFrameBytes);
}
