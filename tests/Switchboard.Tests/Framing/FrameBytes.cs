using System.Buffers;
using System.Text;

namespace Switchboard.Tests;

/// <summary>Frames as bytes, and bytes as they are easiest to write down.</summary>
internal static class FrameBytes
{
    /// <summary>One byte for each character up to U+00FF.</summary>
    public static byte[] Of(string text)
    {
        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>What one frame looks like on the wire.</summary>
    public static byte[] Encoded(this Framing framing, byte[] frame)
    {
        var output = new ArrayBufferWriter<byte>();
        framing.Encode(frame, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Checks that a frame is refused with this type of error, and before a byte of it was written.</summary>
    public static TError AssertRefuses<TError>(this Framing framing, byte[] frame)
        where TError : Exception
    {
        var output = new ArrayBufferWriter<byte>();
        var error = Assert.Throws<TError>(() => framing.Encode(frame, output));
        Assert.Equal(0, output.WrittenCount);
        return error;
    }

    /// <summary>Checks what becomes of the bytes however they arrive.</summary>
    public static void AssertDecodes(this Framing framing, byte[] bytes, string expected, Func<Decoded, string> show)
    {
        Assert.All(
            Arrivals.OfEveryKind(bytes),
            arrivals => Assert.Equal(expected, show(Decoding.DecodeAll(framing, arrivals))));
    }
}
