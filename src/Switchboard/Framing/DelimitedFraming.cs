using System.Buffers;

namespace Switchboard;

/// <summary>Each frame ends with the same bytes; see <see cref="Framing.Delimited(string, int)"/>.</summary>
internal sealed class DelimitedFraming : Framing
{
    private readonly byte[] _delimiter;

    public DelimitedFraming(ReadOnlyMemory<byte> delimiter, int maxBytes)
        : base(maxBytes)
    {
        if (delimiter.IsEmpty)
        {
            throw new ArgumentException("The delimiter is empty; it needs at least one byte.", nameof(delimiter));
        }

        _delimiter = delimiter.ToArray();
    }

    public override FrameDecoder CreateDecoder()
    {
        return new DelimitedDecoder(_delimiter, MaxFrameBytes);
    }

    public override void Encode(ReadOnlySpan<byte> frame, IBufferWriter<byte> output)
    {
        if (frame.Length > MaxFrameBytes)
        {
            throw TooLong(MaxFrameBytes);
        }

        var early = IndexOfEarlyDelimiter(frame);
        if (early >= 0)
        {
            throw new ArgumentException(
                $"With its delimiter behind it the frame would end at byte {early} already, not at {frame.Length}. "
                + "Escape the delimiter inside the frame, or use Framing.LengthPrefixed.",
                nameof(frame));
        }

        output.WriteWhole(frame, _delimiter, default);
    }

    public static FrameTooLargeException TooLong(int maxBytes)
    {
        return new FrameTooLargeException(
            $"A frame is longer than the {maxBytes} bytes allowed before its delimiter. Allow more in "
            + "Framing.Delimited, or send shorter frames.",
            maxBytes);
    }

    /// <summary>Where in the frame and the delimiter behind it the delimiter matches too early; or -1.</summary>
    private int IndexOfEarlyDelimiter(ReadOnlySpan<byte> frame)
    {
        var inside = frame.IndexOf(_delimiter);
        if (inside >= 0)
        {
            return inside;
        }

        ReadOnlySpan<byte> delimiter = _delimiter;
        for (var start = Math.Max(0, frame.Length - delimiter.Length + 1); start < frame.Length; start++)
        {
            // The frame's last bytes are the delimiter's first, and the delimiter repeats itself: "a" before "aa".
            var inFrame = frame.Length - start;
            if (delimiter.StartsWith(frame[start..]) && delimiter.StartsWith(delimiter[inFrame..]))
            {
                return start;
            }
        }

        return -1;
    }
}
