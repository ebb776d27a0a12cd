namespace Switchboard;

/// <summary>The peer finished sending before all the bytes that were asked for had arrived.</summary>
public sealed class TruncatedReceiveException : EndOfStreamException
{
    /// <param name="message">How many bytes were asked for and how many came.</param>
    /// <param name="received">What did arrive.</param>
    public TruncatedReceiveException(string message, ReadOnlyMemory<byte> received)
        : base(message)
    {
        Received = received;
    }

    /// <summary>What did arrive: the first part of the caller's own buffer.</summary>
    public ReadOnlyMemory<byte> Received { get; }
}
