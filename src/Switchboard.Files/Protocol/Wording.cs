namespace Switchboard.Files.Protocol;

/// <summary>The numbers of the protocol that both ends have to agree on.</summary>
internal static class Wording
{
    public const byte Version = 1;

    /// <summary>
    /// The most bytes of a file in one frame. Each is handed from thread to thread, so that fewer of them cost less;
    /// two at each end are all that a transfer holds.
    /// </summary>
    public const int ChunkBytes = 1024 * 1024;

    /// <summary>No frame is longer.</summary>
    public const int MaxFrameBytes = ChunkBytes + 1;

    /// <summary>The bytes of the length in front of each frame.</summary>
    public const int PrefixBytes = sizeof(uint);

    /// <summary>No message but a chunk is longer.</summary>
    public const int MaxControlBytes = 4096;

    /// <summary>No frame is longer while the sender has not proven its ticket.</summary>
    public const int MaxFrameBytesBefore = 64;

    /// <summary>In the place of a number of a file: none.</summary>
    public const int NoIndex = -1;

    /// <summary>In the place of a size: nobody knows before its end.</summary>
    public const long NoSize = -1;

    /// <summary>What both ends' first messages begin with, in every version.</summary>
    public static ReadOnlySpan<byte> Mark => "swbd-files"u8;

    public static ReadOnlySpan<byte> SenderRole => "switchboard files 1: sender"u8;

    public static ReadOnlySpan<byte> ReceiverRole => "switchboard files 1: receiver"u8;
}
