namespace Switchboard;

/// <summary>Finds frames that all have the same length.</summary>
internal sealed class FixedDecoder : FrameDecoder
{
    private readonly int _bytes;

    public FixedDecoder(int bytes)
    {
        _bytes = bytes;
    }

    public override bool TryDecode(ReadOnlySpan<byte> received, out FrameBounds frame)
    {
        var isWhole = received.Length >= _bytes;
        frame = isWhole ? new FrameBounds(0, _bytes, _bytes) : default;
        return isWhole;
    }

    public override bool TryDecodeLast(ReadOnlySpan<byte> rest, out FrameBounds frame)
    {
        frame = default;
        return rest.IsEmpty
            ? false
            : throw new TruncatedFrameException(
                $"The peer finished sending in the middle of a frame: {rest.Length} of {_bytes} bytes arrived. "
                + "PartialFrame holds them.",
                rest.ToArray());
    }
}
