using System.Buffers;

namespace Switchboard.Tests.Connections;

/// <summary>A framing from outside whose decoder finds frames where no bytes are.</summary>
/// <param name="found">What it finds, whatever it is shown.</param>
internal sealed class WrongFraming(FrameBounds found) : Framing(100)
{
    public override FrameDecoder CreateDecoder() => new Decoder(found);

    public override void Encode(ReadOnlySpan<byte> frame, IBufferWriter<byte> output) => output.Write(frame);

    private sealed class Decoder(FrameBounds found) : FrameDecoder
    {
        public override bool TryDecode(ReadOnlySpan<byte> received, out FrameBounds frame)
        {
            frame = found;
            return true;
        }

        public override bool TryDecodeLast(ReadOnlySpan<byte> rest, out FrameBounds frame)
        {
            frame = default;
            return false;
        }
    }
}
