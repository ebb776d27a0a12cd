namespace Switchboard;

/// <summary>
/// Is told what one connection receives and sends, once it was given to <see cref="Connection.Observe"/>: override what
/// you want to know. The connection waits for each call: return soon. An exception thrown here is dropped.
/// </summary>
/// <remarks>Receives are told one after the other, and so are sends; the two go on beside each other.</remarks>
public abstract class TrafficObserver
{
    /// <summary>The program has asked for bytes.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="maxBytes">How many it has room for; 0 when it only waits for some to be there.</param>
    public virtual void ReceiveStarted(Connection connection, int maxBytes)
    {
    }

    /// <summary>Bytes came, and the program is about to get them. Over TLS they are those inside.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="bytes">Valid during the call only. Empty when a receive without room has ended.</param>
    public virtual void Received(Connection connection, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>The peer has finished sending.</summary>
    public virtual void PeerFinished(Connection connection)
    {
    }

    /// <summary>The program has asked to send bytes.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="bytes">How many.</param>
    public virtual void SendStarted(Connection connection, int bytes)
    {
    }

    /// <summary>The operating system has taken bytes for the peer; it may take those of one send in parts.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="bytes">Valid during the call only.</param>
    public virtual void Sent(Connection connection, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>The program has finished sending, and the peer is told.</summary>
    public virtual void SendingCompleted(Connection connection)
    {
    }

    /// <summary>The connection is closed. Nothing more comes.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="end">How it ended.</param>
    public virtual void Ended(Connection connection, ConnectionEnd end)
    {
    }
}
