using Switchboard.Connections;

namespace Switchboard;

public sealed partial class Connection
{
    private long _wholeFrames;
    private int _partialFrameBytes;

    /// <summary>What a watch needs to tell a peer that stalls from one that works.</summary>
    internal Progress GetProgress() => new(
        Volatile.Read(ref _bytesReceived),
        Volatile.Read(ref _bytesSent),
        Volatile.Read(ref _wholeFrames),
        Volatile.Read(ref _partialFrameBytes),
        _awaitsPeer,
        _awaitsRoom);

    internal void NoteWholeFrame(int bytesBehind)
    {
        _wholeFrames++;
        _partialFrameBytes = bytesBehind;
    }

    internal void NotePartialFrame(int bytes) => _partialFrameBytes = bytes;
}
