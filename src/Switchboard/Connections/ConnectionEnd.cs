namespace Switchboard;

/// <summary>How a connection ended.</summary>
/// <param name="Reason">The first thing that ended it.</param>
/// <param name="BytesReceived">Bytes that were received from the peer and taken by this program.</param>
/// <param name="BytesSent">
/// Bytes that the operating system took for the peer; not all of them need have arrived.
/// </param>
/// <param name="Age">From open to closed.</param>
/// <param name="Error">The exception behind the reason, if there was one.</param>
public sealed record ConnectionEnd(
    EndReason Reason,
    long BytesReceived,
    long BytesSent,
    TimeSpan Age,
    Exception? Error);
