namespace Switchboard;

/// <summary>A frame is larger than its framing allows; thrown before memory is spent on it.</summary>
public sealed class FrameTooLargeException : FramingException
{
    /// <param name="message">Which limit was passed, and by what.</param>
    /// <param name="maxFrameBytes">The limit.</param>
    public FrameTooLargeException(string message, int maxFrameBytes)
        : base(message)
    {
        MaxFrameBytes = maxFrameBytes;
    }

    /// <summary>The limit that the frame passed, in bytes.</summary>
    public int MaxFrameBytes { get; }
}
