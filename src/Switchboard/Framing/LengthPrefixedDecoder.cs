namespace Switchboard;

/// <summary>Finds frames whose length stands before them. A length is read once and judged before its body.</summary>
internal sealed class LengthPrefixedDecoder : FrameDecoder
{
    private readonly LengthPrefix _prefix;
    private readonly int _maxBytes;
    private readonly bool _isPlain;

    /// <summary>The bytes up to and with the length field, or 0 while the length is not known.</summary>
    private int _headerBytes;

    private int _bodyBytes;

    public LengthPrefixedDecoder(LengthPrefix prefix, int maxBytes)
    {
        _prefix = prefix;
        _maxBytes = maxBytes;
        _isPlain = prefix is { Header: FrameHeader.Removed, Adjustment: 0 };
    }

    private bool KnowsLength => _headerBytes > 0;

    public override bool TryDecode(ReadOnlySpan<byte> received, out FrameBounds frame)
    {
        frame = default;
        if ((!KnowsLength && !TryReadLength(received)) || received.Length - _headerBytes < _bodyBytes)
        {
            return false;
        }

        var end = _headerBytes + _bodyBytes;
        var start = _prefix.Header == FrameHeader.Kept ? 0 : _headerBytes;
        frame = new FrameBounds(start, end - start, end);
        _headerBytes = 0;
        return true;
    }

    public override bool TryDecodeLast(ReadOnlySpan<byte> rest, out FrameBounds frame)
    {
        frame = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        var missing = KnowsLength
            ? $"{rest.Length} of {(long)_headerBytes + _bodyBytes} bytes arrived, counted from the start of its header"
            : $"{rest.Length} bytes arrived, and its length is not whole";
        throw new TruncatedFrameException(
            $"The peer finished sending in the middle of a frame: {missing}. PartialFrame holds them.",
            rest.ToArray());
    }

    private bool TryReadLength(ReadOnlySpan<byte> received)
    {
        if (received.Length <= _prefix.Offset
            || !LengthField.TryRead(_prefix.Format, received[_prefix.Offset..], out var value, out var width))
        {
            return false;
        }

        var headerBytes = _prefix.Offset + width;
        if (_isPlain && value <= (ulong)_maxBytes)
        {
            // The usual case, and nothing to add that could wrap around.
            _bodyBytes = (int)value;
            _headerBytes = headerBytes;
            return true;
        }

        // 128 bits, because the peer chooses the value: no sum here may wrap around.
        var bodyBytes = (Int128)value + _prefix.Adjustment;
        ThrowIfImpossible(value, bodyBytes, headerBytes);
        _bodyBytes = (int)bodyBytes;
        _headerBytes = headerBytes;
        return true;
    }

    private void ThrowIfImpossible(ulong value, Int128 bodyBytes, int headerBytes)
    {
        if (bodyBytes < 0)
        {
            throw new FramingException(
                $"The length before the frame is {value}, and with an Adjustment of {_prefix.Adjustment} negative. "
                + $"At least {-(long)_prefix.Adjustment} is possible; check what the peer's length counts.");
        }

        var frameBytes = _prefix.Header == FrameHeader.Kept ? headerBytes + bodyBytes : bodyBytes;
        if (frameBytes > _maxBytes)
        {
            throw new FrameTooLargeException(
                $"The length before the frame announces {frameBytes} bytes, more than the {_maxBytes} allowed. Allow "
                + $"more in Framing.LengthPrefixed, or check that the peer writes its lengths as {_prefix.Format}.",
                _maxBytes);
        }
    }
}
