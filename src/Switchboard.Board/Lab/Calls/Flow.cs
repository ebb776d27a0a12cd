namespace Switchboard.Board.Lab.Calls;

/// <summary>
/// One direction of a connection, or a pipe: who has written which of its bytes, and how far it was read.
/// </summary>
internal sealed class Flow
{
    private readonly List<SentPiece> _pieces = [];

    /// <summary>Bytes that the kernel has taken from the sender.</summary>
    public long Sent { get; private set; }

    /// <summary>Bytes that the receiver has read.</summary>
    public long Read { get; set; }

    /// <summary>Whether its bytes keep their borders, as datagrams do.</summary>
    public bool KeepsBorders { get; init; }

    /// <summary>
    /// Whether a program of one's own sends, so that nobody here knows its bytes before they are read.
    /// </summary>
    public bool IsForeign { get; init; }

    public SentPiece Begin(int call, ReadOnlyMemory<byte> pattern)
    {
        var piece = new SentPiece(call, Sent, pattern);
        _pieces.Add(piece);
        return piece;
    }

    public void Grow(SentPiece piece, long bytes)
    {
        piece.Length += bytes;
        Sent += bytes;
    }

    /// <summary>The oldest datagram has been read, as a whole, whatever of it fitted in.</summary>
    public void ReadOne() => Read = _pieces.FirstOrDefault(piece => piece.From >= Read) is { } first
        ? first.From + first.Length
        : Read;

    /// <summary>The parts of a stretch, each of one send.</summary>
    public IEnumerable<FlowPart> PartsOf(long from, long to)
    {
        foreach (var piece in _pieces)
        {
            var start = Math.Max(from, piece.From);
            var end = Math.Min(to, piece.From + piece.Length);
            if (start < end)
            {
                yield return new FlowPart(piece.Call, end - start, TextOf(piece, start, end));
            }
        }
    }

    private static byte[] TextOf(SentPiece piece, long from, long to)
    {
        var shown = new byte[Math.Min(to - from, FlowPart.MaxShownBytes)];
        for (var index = 0; index < shown.Length; index++)
        {
            shown[index] = piece.At(from + index);
        }

        return shown;
    }
}
