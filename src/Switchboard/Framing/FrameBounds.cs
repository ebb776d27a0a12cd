namespace Switchboard;

/// <summary>Where one frame lies in a block of received bytes.</summary>
/// <param name="Start">Index of the frame's first byte.</param>
/// <param name="Length">How many bytes the frame has; may be 0.</param>
/// <param name="Consumed">How many bytes from the start of the block the frame and its framing take together.</param>
public readonly record struct FrameBounds(int Start, int Length, int Consumed);
