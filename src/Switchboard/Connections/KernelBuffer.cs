namespace Switchboard.Connections;

/// <summary>
/// Bytes that pass from one wire to another without coming into this process. Whoever rented it uses it alone, for one
/// receive or send at a time, and disposes it when that has ended.
/// </summary>
internal abstract class KernelBuffer : IDisposable
{
    /// <summary>How many bytes are in it: received, and not yet sent.</summary>
    public int Length { get; set; }

    /// <summary>The most bytes that one receive brings into it.</summary>
    public abstract int Capacity { get; }

    /// <summary>Gives it back. Bytes that are in it are lost.</summary>
    public abstract void Dispose();
}
