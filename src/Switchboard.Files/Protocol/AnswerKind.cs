namespace Switchboard.Files.Protocol;

/// <summary>What a receiver has of a file. The numbers never change.</summary>
internal enum AnswerKind : byte
{
    Nothing = 0,

    /// <summary>Its first bytes, from a transfer that was interrupted.</summary>
    Part = 1,

    /// <summary>A file of that name and size, which may be the same.</summary>
    Whole = 2,
}
