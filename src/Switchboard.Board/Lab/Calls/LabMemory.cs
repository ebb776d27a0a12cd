using System.IO.MemoryMappedFiles;

namespace Switchboard.Board.Lab.Calls;

/// <summary>Memory that two sides have mapped; each has a view of its own.</summary>
internal sealed class LabMemory : IDisposable
{
    private readonly MemoryMappedFile _memory;
    private readonly MemoryMappedViewAccessor _view;
    private readonly bool _ownsMemory;

    public LabMemory(int bytes)
    {
        Length = bytes;
        _memory = MemoryMappedFile.CreateNew(mapName: null, bytes);
        _view = _memory.CreateViewAccessor(0, bytes);
        _ownsMemory = true;
    }

    private LabMemory(LabMemory other)
    {
        Length = other.Length;
        _memory = other._memory;
        _view = _memory.CreateViewAccessor(0, Length);
    }

    public int Length { get; }

    /// <summary>The same memory at another address.</summary>
    public LabMemory MapAgain() => new(this);

    public void Store(int offset, byte[] bytes) => _view.WriteArray(offset, bytes, 0, bytes.Length);

    public byte[] Load(int offset, int count)
    {
        var bytes = new byte[Math.Min(count, Length - offset)];
        _view.ReadArray(offset, bytes, 0, bytes.Length);
        return bytes;
    }

    public void Dispose()
    {
        _view.Dispose();
        if (_ownsMemory)
        {
            _memory.Dispose();
        }
    }
}
