using System.Buffers;

namespace Switchboard;

/// <summary>Every frame has the same length; see <see cref="Framing.Fixed"/>.</summary>
internal sealed class FixedFraming : Framing
{
    public FixedFraming(int bytes)
        : base(bytes)
    {
    }

    public override FrameDecoder CreateDecoder()
    {
        return new FixedDecoder(MaxFrameBytes);
    }

    public override void Encode(ReadOnlySpan<byte> frame, IBufferWriter<byte> output)
    {
        if (frame.Length > MaxFrameBytes)
        {
            throw new FrameTooLargeException(
                $"The frame has {frame.Length} bytes; in this framing each has exactly {MaxFrameBytes}. Split it.",
                MaxFrameBytes);
        }

        if (frame.Length < MaxFrameBytes)
        {
            throw new ArgumentException(
                $"The frame has {frame.Length} bytes; in this framing each has exactly {MaxFrameBytes}. Pad it.",
                nameof(frame));
        }

        output.WriteWhole(frame, default, default);
    }
}
