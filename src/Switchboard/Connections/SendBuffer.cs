using System.Buffers;

namespace Switchboard.Connections;

/// <summary>Bytes that wait to be sent. It holds a pooled buffer only while it holds bytes.</summary>
internal sealed class SendBuffer : IBufferWriter<byte>
{
    private const int FirstBufferBytes = 1024;
    private const int MaxFirstBufferBytes = 64 * 1024;

    private byte[]? _buffer;
    private int _lastLength;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (_buffer?.Length ?? 0) - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(Length);
    }

    public void Clear() => CutBackTo(0);

    /// <summary>Takes back what was written last.</summary>
    public void CutBackTo(int length)
    {
        if (length == 0 && _buffer is not null)
        {
            _lastLength = Math.Min(Length, MaxFirstBufferBytes);
            BufferPool.Return(_buffer);
            _buffer = null;
        }

        Length = length;
    }

    private void MakeRoom(int count)
    {
        if (_buffer is null)
        {
            // As much as the last batch took: whoever sends much does not have to grow each time.
            _buffer = BufferPool.Rent(Math.Max(Math.Max(count, _lastLength), FirstBufferBytes));
        }
        else if (_buffer.Length - Length < count)
        {
            var larger = BufferPool.Rent(Math.Max(checked(Length + count), _buffer.Length * 2));
            Written.CopyTo(larger);
            BufferPool.Return(_buffer);
            _buffer = larger;
        }
    }
}
