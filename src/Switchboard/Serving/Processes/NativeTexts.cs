using System.Runtime.InteropServices;

namespace Switchboard.Serving.Processes;

/// <summary>Memory that the C library reads, until it is disposed.</summary>
internal sealed class NativeTexts : IDisposable
{
    private readonly List<nint> _reserved = [];

    public nint Reserve(int bytes)
    {
        var memory = Marshal.AllocHGlobal(bytes);
        _reserved.Add(memory);
        return memory;
    }

    /// <summary>A text that ends with NUL.</summary>
    public nint Text(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text + '\0');
        var memory = Reserve(bytes.Length);
        Marshal.Copy(bytes, 0, memory, bytes.Length);
        return memory;
    }

    /// <summary>An array of texts that ends with null.</summary>
    public nint Texts(IEnumerable<string> texts)
    {
        nint[] pointers = [.. texts.Select(Text), 0];
        var memory = Reserve(pointers.Length * nint.Size);
        Marshal.Copy(pointers, 0, memory, pointers.Length);
        return memory;
    }

    public void Dispose() => _reserved.ForEach(Marshal.FreeHGlobal);
}
