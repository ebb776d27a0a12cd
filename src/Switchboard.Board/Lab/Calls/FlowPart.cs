namespace Switchboard.Board.Lab.Calls;

/// <summary>Bytes of one send that lie in a queue.</summary>
/// <param name="Call">The number of the call that has sent them.</param>
/// <param name="Length">How many.</param>
/// <param name="Shown">The first of them.</param>
internal sealed record FlowPart(int Call, long Length, ReadOnlyMemory<byte> Shown)
{
    /// <summary>As many as a tape shows one by one.</summary>
    public const int MaxShownBytes = 64;
}
