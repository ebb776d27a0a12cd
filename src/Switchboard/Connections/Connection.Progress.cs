using Switchboard.Connections;

namespace Switchboard;

public sealed partial class Connection
{
    private long _wholeFrames;
    private int _partialFrameBytes;

    /// <summary>What a watch needs to tell a peer that stalls from one that works.</summary>
    internal Progress GetProgress() => new(
        _awaitsPeer,
        Volatile.Read(ref _bytesReceived),
        _awaitsRoom,
        Volatile.Read(ref _bytesSent),
        Volatile.Read(ref _wholeFrames),
        Volatile.Read(ref _partialFrameBytes));

    internal void NoteWholeFrame(int bytesBehind)
    {
        _wholeFrames++;
        _partialFrameBytes = bytesBehind;
    }

    internal void NotePartialFrame(int bytes) => _partialFrameBytes = bytes;
}
