namespace Switchboard;

/// <summary>What a <see cref="DatagramRelay"/> has done for one address.</summary>
/// <param name="Received">Datagrams that came from it.</param>
/// <param name="Sent">Datagrams that were sent to it.</param>
/// <param name="Dropped">Datagrams, in either direction, that were not passed on.</param>
/// <param name="Age">From the first datagram to the end.</param>
/// <param name="IsIdle">Whether it ended because nothing passed.</param>
/// <param name="Error">Why the target broke off or was not reached; null if it ended in order.</param>
public sealed record RelayedPeerEnd(
    long Received, long Sent, long Dropped, TimeSpan Age, bool IsIdle, Exception? Error);
