namespace Switchboard.Files;

/// <summary>How far a transfer is.</summary>
/// <param name="Name">The file that is under way, safe to be shown.</param>
/// <param name="FilesDone">Files that are whole at the receiver, or that the sender has sent.</param>
/// <param name="Files">All files; folders do not count.</param>
/// <param name="BytesDone">
/// Of all files, with those that the receiver had before: <paramref name="BytesResumed"/>.
/// </param>
/// <param name="BytesResumed">What did not have to be sent, because the receiver had it.</param>
/// <param name="Bytes">Of all files; null if one of them is a stream, whose end nobody knows yet.</param>
public sealed record TransferProgress(
    string Name, int FilesDone, int Files, long BytesDone, long BytesResumed, long? Bytes);
