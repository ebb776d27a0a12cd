namespace Switchboard;

/// <summary>Finds frames that end with a delimiter, wherever the delimiter was split on its way.</summary>
internal sealed class DelimitedDecoder : FrameDecoder
{
    private readonly byte[] _delimiter;
    private readonly int _maxBytes;

    /// <summary>How many bytes from the start are known not to begin a delimiter.</summary>
    private int _searched;

    public DelimitedDecoder(byte[] delimiter, int maxBytes)
    {
        _delimiter = delimiter;
        _maxBytes = maxBytes;
    }

    public override bool TryDecode(ReadOnlySpan<byte> received, out FrameBounds frame)
    {
        var found = received[_searched..].IndexOf(_delimiter);
        if (found < 0)
        {
            // The last bytes may be a delimiter's first: only the ones before them are done with.
            _searched = Math.Max(_searched, received.Length - _delimiter.Length + 1);
            ThrowIfDelimiterCannotComeInTime(received);
            frame = default;
            return false;
        }

        var length = _searched + found;
        if (length > _maxBytes)
        {
            throw DelimitedFraming.TooLong(_maxBytes);
        }

        _searched = 0;
        frame = new FrameBounds(0, length, length + _delimiter.Length);
        return true;
    }

    public override bool TryDecodeLast(ReadOnlySpan<byte> rest, out FrameBounds frame)
    {
        frame = default;
        return rest.IsEmpty
            ? false
            : throw new TruncatedFrameException(
                $"The peer finished sending in the middle of a frame: {rest.Length} bytes arrived, but not the whole "
                + "delimiter. PartialFrame holds them.",
                rest.ToArray());
    }

    /// <summary>Refuses a frame as soon as no delimiter can begin within the limit any more.</summary>
    private void ThrowIfDelimiterCannotComeInTime(ReadOnlySpan<byte> received)
    {
        if (received.Length <= _maxBytes)
        {
            return;
        }

        ReadOnlySpan<byte> delimiter = _delimiter;
        for (var start = _searched; start <= _maxBytes; start++)
        {
            if (delimiter.StartsWith(received[start..]))
            {
                return;
            }
        }

        throw DelimitedFraming.TooLong(_maxBytes);
    }
}
