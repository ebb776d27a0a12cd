namespace Switchboard.Board.Lab.Calls;

/// <summary>The bytes that one send has put into a flow.</summary>
/// <param name="Call">The number of that call, by which the bytes are coloured; 0 for a program of one's own.</param>
/// <param name="From">Where they begin, counted from the first byte of the flow.</param>
/// <param name="Pattern">They are this, over and over.</param>
internal sealed record SentPiece(int Call, long From, ReadOnlyMemory<byte> Pattern)
{
    /// <summary>How many the kernel has taken so far.</summary>
    public long Length { get; set; }

    public byte At(long position) => Pattern.Span[(int)((position - From) % Pattern.Length)];
}
