namespace Switchboard.Connections;

/// <summary>
/// How far a connection has come. Two of them, some time apart, show whether the peer keeps its side moving.
/// </summary>
/// <param name="BytesReceived">Since the connection opened.</param>
/// <param name="BytesSent">Since the connection opened.</param>
/// <param name="WholeFrames">How many frames have been found.</param>
/// <param name="PartialFrameBytes">Bytes at hand that are not yet a frame; 0 between frames.</param>
/// <param name="AwaitsPeer">A receive waits for the peer.</param>
/// <param name="AwaitsRoom">A send waits for the peer to take bytes.</param>
internal readonly record struct Progress(
    long BytesReceived,
    long BytesSent,
    long WholeFrames,
    int PartialFrameBytes,
    bool AwaitsPeer,
    bool AwaitsRoom);
