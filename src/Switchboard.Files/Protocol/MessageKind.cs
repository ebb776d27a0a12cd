namespace Switchboard.Files.Protocol;

/// <summary>The first byte of every frame. The numbers never change.</summary>
internal enum MessageKind : byte
{
    Hello = 1,
    Proof = 2,
    Offer = 3,
    Entry = 4,
    Answer = 5,
    Begin = 6,
    Chunk = 7,
    End = 8,
    Stored = 9,
    Done = 10,
    GaveUp = 11,

    /// <summary>The end is there, and busy. Either may say it after the proof, between any two messages.</summary>
    Alive = 12,
}
