using System.Buffers;
using System.Text;

namespace Switchboard;

/// <summary>
/// The rule that finds frames in bytes and writes frames as bytes. A framing has no state of its own and may be
/// shared by any number of connections; what one connection has seen so far lives in its <see cref="FrameDecoder"/>.
/// </summary>
public abstract class Framing
{
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="maxFrameBytes">The most bytes that one frame may hold, at least 1; both directions obey it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFrameBytes"/> is below 1.</exception>
    protected Framing(int maxFrameBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFrameBytes, 1);
        MaxFrameBytes = maxFrameBytes;
    }

    /// <summary>
    /// The most bytes of one frame, as it is handed out or given to send. The framing's own bytes do not count, unless
    /// the frame includes them: see <see cref="FrameHeader.Kept"/>.
    /// </summary>
    public int MaxFrameBytes { get; }

    /// <summary>
    /// Whether a frame ends only where the connection does, so that a connection carries one frame each way and
    /// sending it finishes the sending side. False unless the framing says otherwise.
    /// </summary>
    public virtual bool EndsWithConnection => false;

    /// <summary>
    /// Each frame is a line. A line ends with LF; one CR directly before that LF belongs to the ending; any other CR
    /// is content. A frame is the line without its ending. Sending refuses a line that contains LF or ends in CR.
    /// </summary>
    /// <param name="maxBytes">The most bytes of a line, not counting its ending.</param>
    /// <param name="ending">What is written behind each line.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static Framing Lines(int maxBytes, LineEnding ending = LineEnding.Lf)
    {
        return new LineFraming(maxBytes, ending);
    }

    /// <summary>Every frame has exactly this many bytes; sending refuses one that has more or fewer.</summary>
    /// <param name="bytes">The length of each frame, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is below 1.</exception>
    public static Framing Fixed(int bytes)
    {
        return new FixedFraming(bytes);
    }

    /// <summary>
    /// Each frame ends where these bytes first appear, and does not include them. Sending refuses a frame in which,
    /// or across whose end, they would appear too early.
    /// </summary>
    /// <param name="delimiter">One or more bytes, copied; any values.</param>
    /// <param name="maxBytes">The most bytes of a frame, not counting the delimiter.</param>
    /// <exception cref="ArgumentException"><paramref name="delimiter"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static Framing Delimited(ReadOnlyMemory<byte> delimiter, int maxBytes)
    {
        return new DelimitedFraming(delimiter, maxBytes);
    }

    /// <summary>As <see cref="Delimited(ReadOnlyMemory{byte}, int)"/>, with the delimiter as text in UTF-8.</summary>
    /// <param name="delimiter">One or more characters.</param>
    /// <param name="maxBytes">The most bytes of a frame, not counting the delimiter.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="delimiter"/> is empty or has half a surrogate pair.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static Framing Delimited(string delimiter, int maxBytes)
    {
        return new DelimitedFraming(StrictUtf8.GetBytes(delimiter), maxBytes);
    }

    /// <summary>Each frame's length stands before it. A length is refused before the body it announces.</summary>
    /// <param name="maxBytes">
    /// The most bytes of a frame as it is handed out and given to send: without the length field if the header is
    /// removed, with the length field and all before it if the header is kept.
    /// </param>
    /// <param name="prefix">Where the length stands and what it counts; by default four bytes, network order.</param>
    /// <exception cref="ArgumentException">The parts of <paramref name="prefix"/> allow no frame at all.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static Framing LengthPrefixed(int maxBytes, LengthPrefix? prefix = null)
    {
        return new LengthPrefixedFraming(maxBytes, prefix ?? new LengthPrefix());
    }

    /// <summary>
    /// Everything until the peer finishes sending is one frame: exactly one, and possibly empty. The framing cannot
    /// tell a peer that finished from one that gave up halfway, if both end their sending properly.
    /// </summary>
    /// <param name="maxBytes">The most bytes of the frame; more is refused as soon as it arrives.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static Framing UntilClose(int maxBytes)
    {
        return new UntilCloseFraming(maxBytes);
    }

    /// <summary>Starts finding frames in the bytes of one connection.</summary>
    public abstract FrameDecoder CreateDecoder();

    /// <summary>Writes one frame with the framing's own bytes around it: the whole of it, or nothing.</summary>
    /// <exception cref="FrameTooLargeException">The frame is longer than <see cref="MaxFrameBytes"/>.</exception>
    /// <exception cref="ArgumentException">The receiver would not find this frame again in the bytes.</exception>
    public abstract void Encode(ReadOnlySpan<byte> frame, IBufferWriter<byte> output);
}
