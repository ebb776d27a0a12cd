namespace Switchboard.Chat;

/// <summary>
/// A way in to a chat: somebody who sends lines and takes lines, over a connection or whatever else carries them. One
/// caller receives; any number may send at once.
/// </summary>
public interface IChatPeer
{
    /// <summary>Where the peer is, as others see it: an address or a name, without spaces.</summary>
    string Host { get; }

    /// <summary>Whether nobody between the two ends can read along.</summary>
    bool IsEncrypted { get; }

    /// <summary>
    /// The SHA-256 of the certificate that the peer has proved to hold, in lower-case hexadecimal; null if none.
    /// </summary>
    string? Certificate { get; }

    /// <summary>Receives the next line, without its ending.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>As UTF-8, borrowed until the next receive; null when the peer has finished.</returns>
    /// <exception cref="FramingException">The line is longer than any that could be understood.</exception>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Takes a line for sending, without its ending, and never waits.</summary>
    /// <returns>False when it was not taken: too much waits already, or the peer has left.</returns>
    bool TrySend(ReadOnlyMemory<byte> line);

    /// <summary>
    /// Takes the line that says why the peer is sent away, also where <see cref="TrySend"/> takes none any more; if
    /// even that cannot be, it is dropped.
    /// </summary>
    void SendLast(ReadOnlyMemory<byte> line);
}
