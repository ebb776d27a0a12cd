namespace Switchboard.Files.Protocol;

/// <summary>What an offer's entry is. The numbers never change.</summary>
internal enum EntryKind : byte
{
    File = 0,
    Folder = 1,

    /// <summary>A file whose size nobody knows before its end, and that cannot be read twice.</summary>
    Stream = 2,
}
