namespace Switchboard;

/// <summary>The peer finished sending in the middle of a frame.</summary>
public sealed class TruncatedFrameException : FramingException
{
    /// <param name="message">What was missing.</param>
    /// <param name="partialFrame">The bytes that did arrive, framing bytes included.</param>
    public TruncatedFrameException(string message, ReadOnlyMemory<byte> partialFrame)
        : base(message)
    {
        PartialFrame = partialFrame;
    }

    /// <summary>What did arrive of the frame, its framing bytes included. A copy: it stays valid.</summary>
    public ReadOnlyMemory<byte> PartialFrame { get; }
}
