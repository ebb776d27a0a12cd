namespace Switchboard;

/// <summary>What one connection has done so far. The numbers are read one after the other while it runs.</summary>
/// <param name="BytesReceived">Bytes received from the peer and taken by this program.</param>
/// <param name="BytesSent">Bytes that the operating system took for the peer.</param>
/// <param name="Receives">How many receives brought bytes.</param>
/// <param name="Sends">How many times bytes were handed to the operating system.</param>
/// <param name="Age">Since it opened; stands still once it is closed.</param>
public sealed record ConnectionStatistics(
    long BytesReceived,
    long BytesSent,
    long Receives,
    long Sends,
    TimeSpan Age);
