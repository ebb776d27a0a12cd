namespace Switchboard.Files;

/// <summary>What was sent or received: all of it is whole and verified, and on the receiver's disk.</summary>
/// <param name="Files">How many files; folders do not count.</param>
/// <param name="Bytes">The bytes of all of them.</param>
/// <param name="BytesResumed">How many of these the receiver had before this transfer.</param>
/// <param name="Elapsed">From the proof of the ticket to the end.</param>
public sealed record TransferResult(int Files, long Bytes, long BytesResumed, TimeSpan Elapsed);
