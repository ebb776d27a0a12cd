using System.Buffers;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>Bytes to be sent, in one pooled buffer: <c>[sent, written)</c> of it are still to go.</summary>
internal sealed class OutputPiece
{
    private byte[] _buffer = [];
    private int _sent;
    private int _written;

    public OutputPiece? Next { get; set; }

    public Memory<byte> Room => _buffer.AsMemory(_written);

    public int RoomBytes => _buffer.Length - _written;

    public ReadOnlyMemory<byte> Unsent => _buffer.AsMemory(_sent, _written - _sent);

    public int UnsentBytes => _written - _sent;

    public void Begin(int minBytes) => _buffer = ArrayPool<byte>.Shared.Rent(minBytes);

    public void Write(int count) => _written += count;

    public void Send(int count) => _sent += count;

    /// <summary>Gives the buffer back.</summary>
    public void End()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_sent, _written, Next) = (0, 0, null);
    }
}
