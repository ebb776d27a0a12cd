namespace Switchboard;

/// <summary>Finds lines: a line ends with LF, and one CR directly before that LF belongs to the ending.</summary>
internal sealed class LineDecoder : FrameDecoder
{
    private readonly int _maxBytes;

    /// <summary>How many bytes were searched and hold no LF.</summary>
    private int _searched;

    public LineDecoder(int maxBytes)
    {
        _maxBytes = maxBytes;
    }

    public override bool TryDecode(ReadOnlySpan<byte> received, out FrameBounds frame)
    {
        var lineFeed = received[_searched..].IndexOf(LineFraming.LineFeed);
        var isWhole = lineFeed >= 0;
        var end = isWhole ? _searched + lineFeed : received.Length;

        // A CR in last place may yet turn out to belong to the ending, so it does not count before the LF is here.
        var length = received[..end] is [.., LineFraming.CarriageReturn] ? end - 1 : end;

        // Checked before the line is whole: otherwise a peer that never sends LF would fill our memory.
        if (length > _maxBytes)
        {
            throw LineFraming.TooLong(_maxBytes);
        }

        _searched = isWhole ? 0 : end;
        frame = isWhole ? new FrameBounds(0, length, end + 1) : default;
        return isWhole;
    }

    public override bool TryDecodeLast(ReadOnlySpan<byte> rest, out FrameBounds frame)
    {
        frame = default;
        return rest.IsEmpty
            ? false
            : throw new TruncatedFrameException(
                $"The peer finished sending in the middle of a line: {rest.Length} bytes arrived, but no LF. "
                + "PartialFrame holds them.",
                rest.ToArray());
    }
}
