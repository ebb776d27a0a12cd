using System.Buffers;

namespace Switchboard;

/// <summary>Each frame is a line; see <see cref="Framing.Lines"/>.</summary>
internal sealed class LineFraming : Framing
{
    public const byte CarriageReturn = (byte)'\r';
    public const byte LineFeed = (byte)'\n';

    private readonly LineEnding _ending;

    public LineFraming(int maxBytes, LineEnding ending)
        : base(maxBytes)
    {
        if (!Enum.IsDefined(ending))
        {
            throw new ArgumentOutOfRangeException(nameof(ending), ending, "Use LineEnding.Lf or LineEnding.CrLf.");
        }

        _ending = ending;
    }

    public override FrameDecoder CreateDecoder()
    {
        return new LineDecoder(MaxFrameBytes);
    }

    public override void Encode(ReadOnlySpan<byte> frame, IBufferWriter<byte> output)
    {
        if (frame.Length > MaxFrameBytes)
        {
            throw TooLong(MaxFrameBytes);
        }

        ThrowIfNotOneLine(frame);
        output.WriteWhole(frame, _ending == LineEnding.CrLf ? "\r\n"u8 : "\n"u8, default);
    }

    public static FrameTooLargeException TooLong(int maxBytes)
    {
        return new FrameTooLargeException(
            $"A line is longer than the {maxBytes} bytes allowed. Allow more in Framing.Lines, or send shorter lines.",
            maxBytes);
    }

    private static void ThrowIfNotOneLine(ReadOnlySpan<byte> frame)
    {
        var lineFeed = frame.IndexOf(LineFeed);
        if (lineFeed >= 0)
        {
            throw new ArgumentException(
                $"The line has a LF at byte {lineFeed} and would arrive as two. Send each line as a frame of its own, "
                + "without its ending.",
                nameof(frame));
        }

        if (frame is [.., CarriageReturn])
        {
            throw new ArgumentException(
                "The line ends in CR, which the receiver takes for a part of the line's ending. Send it without.",
                nameof(frame));
        }
    }
}
