namespace Switchboard;

/// <summary>More bytes than fit into one datagram. Nothing was sent.</summary>
public sealed class DatagramTooLargeException : ArgumentException
{
    /// <param name="length">How many bytes were to be sent.</param>
    /// <param name="maxBytes">How many fit.</param>
    /// <param name="destination">Where they were to go.</param>
    /// <param name="innerException">The operating system's word for it, if it was asked.</param>
    public DatagramTooLargeException(
        int length, int maxBytes, Endpoint? destination, Exception? innerException = null)
        : base(
            $"send {destination}: {length} bytes are too many for one datagram; at most {maxBytes} fit, and more than "
            + "about 1,400 arrive in fragments on most networks. Send smaller ones.",
            innerException)
    {
        Length = length;
        MaxBytes = maxBytes;
    }

    /// <summary>How many bytes were to be sent.</summary>
    public int Length { get; }

    /// <summary>The most bytes that a datagram to there may hold.</summary>
    public int MaxBytes { get; }
}
