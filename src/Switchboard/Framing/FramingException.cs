namespace Switchboard;

/// <summary>The peer's bytes are wrong: they break the framing. The connection cannot find frames after this.</summary>
public class FramingException : IOException
{
    /// <param name="message">What is wrong and, if known, what was expected.</param>
    public FramingException(string message)
        : base(message)
    {
    }
}
