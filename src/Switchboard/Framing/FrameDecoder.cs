namespace Switchboard;

/// <summary>
/// Finds the frames in the bytes of one connection. It holds no bytes, only how far it has looked: the caller keeps
/// what has arrived in one contiguous block and shows it again, longer, until a frame is found. Not thread-safe.
/// </summary>
public abstract class FrameDecoder
{
    /// <summary>Looks for the first frame.</summary>
    /// <param name="received">
    /// Every byte that has arrived and was not consumed. Between two calls that find nothing it only grows, and
    /// bytes that were searched are not searched again, but for the last few, where a delimiter or a length may have
    /// been split; after a frame it starts behind that frame's <see cref="FrameBounds.Consumed"/> bytes.
    /// </param>
    /// <param name="frame">Where the frame lies in <paramref name="received"/>.</param>
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="FramingException">
    /// The bytes break the framing, or announce or already hold more than it allows. Nothing can be found after that.
    /// </exception>
    public abstract bool TryDecode(ReadOnlySpan<byte> received, out FrameBounds frame);

    /// <summary>Decides what the bytes mean that are left over when the peer has finished sending.</summary>
    /// <param name="rest">What <see cref="TryDecode"/> was shown last and found no frame in; may be empty.</param>
    /// <param name="frame">The last frame, if the end completes one.</param>
    /// <returns>True when the end of the connection completes a frame; false when the end is between frames.</returns>
    /// <exception cref="TruncatedFrameException">The peer stopped in the middle of a frame.</exception>
    public abstract bool TryDecodeLast(ReadOnlySpan<byte> rest, out FrameBounds frame);
}
