namespace Switchboard.Connections;

/// <summary>Bytes that were received and given back. Used by whoever has the turn to receive.</summary>
internal sealed class UnreadBytes
{
    private byte[] _bytes = [];
    private int _start;

    public int Length => _bytes.Length - _start;

    public void Prepend(ReadOnlySpan<byte> bytes)
    {
        byte[] joined = [.. bytes, .. _bytes.AsSpan(_start)];
        _bytes = joined;
        _start = 0;
    }

    public int Take(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, Length);
        _bytes.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        if (Length == 0)
        {
            _bytes = [];
            _start = 0;
        }

        return count;
    }
}
