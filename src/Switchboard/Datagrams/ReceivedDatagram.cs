namespace Switchboard;

/// <summary>What a receive has brought.</summary>
/// <param name="Length">How many bytes are in the buffer. An empty datagram has none: it is not an end.</param>
/// <param name="From">Who sent it.</param>
/// <param name="IsTruncated">Whether the buffer was too small: the rest of the datagram is lost.</param>
/// <param name="OriginalLength">
/// How long it was when it was sent; null when it was truncated and the operating system does not tell.
/// </param>
public readonly record struct ReceivedDatagram(int Length, DatagramAddress From, bool IsTruncated, int? OriginalLength);
