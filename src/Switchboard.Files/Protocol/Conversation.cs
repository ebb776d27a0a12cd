namespace Switchboard.Files.Protocol;

/// <summary>One end of the protocol: messages over a connection, of which this class owns neither.</summary>
internal sealed class Conversation(Connection connection, FramedConnection frames)
{
    public Connection Connection => connection;

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        frames.SendAsync(message, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => frames.FlushAsync(cancellationToken);

    /// <summary>The next message, borrowed until the one after it is asked for.</summary>
    /// <exception cref="ProtocolBrokenException">It is no message.</exception>
    /// <exception cref="ConnectionException">The connection ended; in this protocol no end is in order.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? frame;
        try
        {
            frame = await frames.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TruncatedFrameException error)
        {
            throw Interrupted(error);
        }
        catch (FramingException error)
        {
            throw new ProtocolBrokenException(
                "receive", connection.Local, connection.Remote, "the peer broke the protocol: " + error.Message, error);
        }

        return frame switch
        {
            null => throw Interrupted(null),
            { Length: 0 } => throw new ProtocolBrokenException(
                "receive", connection.Local, connection.Remote, "the peer broke the protocol: a message is empty"),
            { } message => message,
        };
    }

    private ConnectionException Interrupted(Exception? error) => new(
        "receive", connection.Local, connection.Remote, "the peer left before everything was there", error);
}
