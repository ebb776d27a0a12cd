using System.Text;

namespace Switchboard.Tests;

/// <summary>What a decoder made of the bytes of one connection: frames, and the error they ended with.</summary>
internal sealed record Decoded(IReadOnlyList<byte[]> Frames, FramingException? Error)
{
    /// <summary>One character for each byte: frames in brackets, then the kind of error and what it carries.</summary>
    public string AsText => Show(Encoding.Latin1.GetString);

    /// <summary>As <see cref="AsText"/>, with the bytes in hexadecimal.</summary>
    public string AsHex => Show(Convert.ToHexString);

    /// <summary>Tells two outcomes apart by everything a user could see.</summary>
    public string AsHexWithMessage => $"{AsHex} {Error?.Message}";

    private string Show(Func<byte[], string> show)
    {
        var frames = string.Concat(Frames.Select(frame => $"[{show(frame)}]"));
        return Error switch
        {
            null => frames,
            TruncatedFrameException truncated => $"{frames} truncated({show(truncated.PartialFrame.ToArray())})",
            FrameTooLargeException tooLarge => $"{frames} too large({tooLarge.MaxFrameBytes})",
            _ => $"{frames} wrong",
        };
    }
}
