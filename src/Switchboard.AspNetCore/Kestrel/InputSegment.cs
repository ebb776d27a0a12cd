using System.Buffers;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>Received bytes in a pooled buffer, linked to those that follow. Its memory grows as they come.</summary>
internal sealed class InputSegment : ReadOnlySequenceSegment<byte>
{
    private byte[] _buffer = [];

    /// <summary>The room behind its last byte.</summary>
    public Memory<byte> Room => _buffer.AsMemory(Memory.Length);

    public InputSegment? Follower => (InputSegment?)Next;

    /// <summary>Takes a buffer, of at least so many bytes, for what follows the connection's first so many.</summary>
    public void Begin(int minBytes, long start)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(minBytes);
        RunningIndex = start;
    }

    public void Add(int count) => Memory = _buffer.AsMemory(0, Memory.Length + count);

    public void Link(InputSegment follower) => Next = follower;

    /// <summary>Gives the buffer back: nobody may look at it any more.</summary>
    public void End()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Memory = default;
        Next = null;
    }
}
