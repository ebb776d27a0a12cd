using System.Buffers;

namespace Switchboard.Tests.Connections;

/// <summary>A framing from outside whose encoder throws in the middle of a frame that it does not like.</summary>
internal sealed class HalfFraming() : Framing(100)
{
    public override FrameDecoder CreateDecoder() => Lines(100).CreateDecoder();

    public override void Encode(ReadOnlySpan<byte> frame, IBufferWriter<byte> output)
    {
        output.Write("<"u8);
        if (frame.SequenceEqual("bad"u8))
        {
            throw new ArgumentException("Not this one.", nameof(frame));
        }

        output.Write(frame);
        output.Write(">"u8);
    }
}
