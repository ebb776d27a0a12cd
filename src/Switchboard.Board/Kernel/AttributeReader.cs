using System.Runtime.InteropServices;

namespace Switchboard.Board.Kernel;

/// <summary>Reads what the kernel appends to a message: a length, a kind and a value, again and again.</summary>
internal ref struct AttributeReader(ReadOnlySpan<byte> attributes)
{
    private const int HeaderBytes = 4;

    private ReadOnlySpan<byte> _left = attributes;

    /// <summary>What the current one is about.</summary>
    public ushort Kind { get; private set; }

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes on to the next one.</summary>
    /// <returns>False if there is none.</returns>
    public bool Read()
    {
        if (_left.Length < HeaderBytes)
        {
            return false;
        }

        var bytes = MemoryMarshal.Read<ushort>(_left);
        if (bytes < HeaderBytes || bytes > _left.Length)
        {
            return false;
        }

        Kind = MemoryMarshal.Read<ushort>(_left[2..]);
        Value = _left[HeaderBytes..bytes];
        _left = _left[Math.Min(SocketMessages.Aligned(bytes), _left.Length)..];
        return true;
    }
}
