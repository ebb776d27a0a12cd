using System.Buffers;

namespace Switchboard;

/// <summary>Each frame's length stands before it; see <see cref="Framing.LengthPrefixed"/>.</summary>
internal sealed class LengthPrefixedFraming : Framing
{
    private readonly LengthPrefix _prefix;
    private readonly ulong _maxLength;

    // How many bytes stand before a frame when its length is all that stands there; 0 when there is more to it.
    private readonly int _plainHeaderBytes;

    public LengthPrefixedFraming(int maxBytes, LengthPrefix prefix)
        : base(maxBytes)
    {
        ThrowIfUndefined(prefix);
        ThrowIfNoFrameIsPossible(prefix, maxBytes);
        _prefix = prefix;
        _maxLength = LengthField.MaxValue(prefix.Format);
        _plainHeaderBytes = prefix is { Header: FrameHeader.Removed, Adjustment: 0 }
            ? LengthField.FixedWidth(prefix.Format) ?? 0
            : 0;
    }

    public override FrameDecoder CreateDecoder()
    {
        return new LengthPrefixedDecoder(_prefix, MaxFrameBytes);
    }

    public override void Encode(ReadOnlySpan<byte> frame, IBufferWriter<byte> output)
    {
        if (_plainHeaderBytes > 0 && frame.Length <= MaxFrameBytes && (ulong)frame.Length <= _maxLength)
        {
            // The usual case: the length is written where it goes out.
            var room = output.GetSpan(checked(_plainHeaderBytes + frame.Length));
            LengthField.Write(_prefix.Format, (ulong)frame.Length, room);
            frame.CopyTo(room[_plainHeaderBytes..]);
            output.Advance(_plainHeaderBytes + frame.Length);
        }
        else
        {
            EncodeInParts(frame, output);
        }
    }

    private void EncodeInParts(ReadOnlySpan<byte> frame, IBufferWriter<byte> output)
    {
        var isKept = _prefix.Header == FrameHeader.Kept;
        var body = isKept ? frame[MeasureHeader(frame)..] : frame;

        // Empty where the header is removed: there is no Offset then.
        var header = frame[.._prefix.Offset];

        Span<byte> field = stackalloc byte[LengthField.MaxBytes];
        field = field[..LengthField.Write(_prefix.Format, LengthOf(frame, body.Length), field)];

        ThrowIfTooLarge(isKept ? (long)header.Length + field.Length + body.Length : body.Length);
        output.WriteWhole(header, field, body);
    }

    private int MeasureHeader(ReadOnlySpan<byte> frame)
    {
        var width = frame.Length < _prefix.Offset ? 0 : LengthField.Measure(_prefix.Format, frame[_prefix.Offset..]);
        return width > 0
            ? _prefix.Offset + width
            : throw new ArgumentException(
                $"The frame ends inside its own header: {frame.Length} bytes, but {_prefix.Offset} and a length "
                + $"({_prefix.Format}) come first. Give the whole frame, with room for the length.",
                nameof(frame));
    }

    /// <summary>What the length field must say for a frame with this many bytes behind the field.</summary>
    private ulong LengthOf(ReadOnlySpan<byte> frame, int bodyBytes)
    {
        var length = (long)bodyBytes - _prefix.Adjustment;
        if (length < 0)
        {
            throw new ArgumentException(
                $"Only {bodyBytes} bytes follow the length; an Adjustment of {_prefix.Adjustment} promises at least "
                + "that many. Send a longer frame.",
                nameof(frame));
        }

        if ((ulong)length > _maxLength)
        {
            var excess = (int)(length - (long)_maxLength);
            throw new FrameTooLargeException(
                $"The frame's length is {length}, and a {_prefix.Format} ends at {_maxLength}. "
                + "Use a wider LengthFormat, or send smaller frames.",
                Math.Min(MaxFrameBytes, frame.Length - excess));
        }

        return (ulong)length;
    }

    private void ThrowIfTooLarge(long frameBytes)
    {
        if (frameBytes > MaxFrameBytes)
        {
            throw new FrameTooLargeException(
                $"The frame has {frameBytes} bytes, more than the {MaxFrameBytes} allowed. "
                + "Allow more in Framing.LengthPrefixed, or send smaller frames.",
                MaxFrameBytes);
        }
    }

    private static void ThrowIfUndefined(LengthPrefix prefix)
    {
        if (!Enum.IsDefined(prefix.Format) || !Enum.IsDefined(prefix.Header))
        {
            throw new ArgumentException($"Format or Header has no such value: {prefix}", nameof(prefix));
        }

        if (prefix.Offset < 0)
        {
            throw new ArgumentException($"Offset is {prefix.Offset}; use 0 or more.", nameof(prefix));
        }

        if (prefix.Offset > 0 && prefix.Header == FrameHeader.Removed)
        {
            throw new ArgumentException(
                $"The {prefix.Offset} bytes before the length would be lost on receiving and unknown on sending. "
                + "Use FrameHeader.Kept with an Offset.",
                nameof(prefix));
        }
    }

    private static void ThrowIfNoFrameIsPossible(LengthPrefix prefix, int maxBytes)
    {
        var headerBytes = prefix.Header == FrameHeader.Kept
            ? (long)prefix.Offset + LengthField.MinWidth(prefix.Format)
            : 0;
        var smallestFrame = headerBytes + Math.Max(0, prefix.Adjustment);
        if (smallestFrame > maxBytes)
        {
            throw new ArgumentException(
                $"The smallest frame has {smallestFrame} bytes, but only {maxBytes} are allowed. Allow more.",
                nameof(prefix));
        }

        var smallestLength = Math.Max(0, -(long)prefix.Adjustment);
        if ((ulong)smallestLength > LengthField.MaxValue(prefix.Format))
        {
            throw new ArgumentException(
                $"With an Adjustment of {prefix.Adjustment} the smallest length is {smallestLength}, which "
                + $"{prefix.Format} cannot hold. Use a wider LengthFormat.",
                nameof(prefix));
        }
    }
}
