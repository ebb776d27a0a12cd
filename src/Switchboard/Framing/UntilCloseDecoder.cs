namespace Switchboard;

/// <summary>Finds the one frame of a connection, which is everything in it.</summary>
internal sealed class UntilCloseDecoder : FrameDecoder
{
    private readonly int _maxBytes;
    private bool _hasEnded;

    public UntilCloseDecoder(int maxBytes)
    {
        _maxBytes = maxBytes;
    }

    public override bool TryDecode(ReadOnlySpan<byte> received, out FrameBounds frame)
    {
        if (received.Length > _maxBytes)
        {
            throw UntilCloseFraming.TooLong(_maxBytes);
        }

        frame = default;
        return false;
    }

    public override bool TryDecodeLast(ReadOnlySpan<byte> rest, out FrameBounds frame)
    {
        // A connection ends once, and with it the one frame, which may be empty.
        var isFirst = !_hasEnded;
        _hasEnded = true;
        frame = isFirst ? new FrameBounds(0, rest.Length, rest.Length) : default;
        return isFirst;
    }
}
