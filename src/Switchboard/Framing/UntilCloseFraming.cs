using System.Buffers;

namespace Switchboard;

/// <summary>The whole connection is one frame; see <see cref="Framing.UntilClose"/>.</summary>
internal sealed class UntilCloseFraming : Framing
{
    public UntilCloseFraming(int maxBytes)
        : base(maxBytes)
    {
    }

    public override bool EndsWithConnection => true;

    public override FrameDecoder CreateDecoder()
    {
        return new UntilCloseDecoder(MaxFrameBytes);
    }

    public override void Encode(ReadOnlySpan<byte> frame, IBufferWriter<byte> output)
    {
        if (frame.Length > MaxFrameBytes)
        {
            throw TooLong(MaxFrameBytes);
        }

        output.WriteWhole(frame, default, default);
    }

    public static FrameTooLargeException TooLong(int maxBytes)
    {
        return new FrameTooLargeException(
            $"More than the {maxBytes} bytes allowed before the end of the connection. Allow more in "
            + "Framing.UntilClose, or send less.",
            maxBytes);
    }
}
