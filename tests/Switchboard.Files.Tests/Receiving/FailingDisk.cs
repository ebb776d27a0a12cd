using Microsoft.Win32.SafeHandles;
using Switchboard.Files.Storing;

namespace Switchboard.Files.Tests.Receiving;

/// <summary>A folder on a disk that has something against new files.</summary>
/// <param name="inner">A real folder, which everything else is passed to.</param>
/// <param name="open">Opens unfinished files elsewhere, or fails.</param>
internal sealed class FailingDisk(IFolder inner, Func<string, SafeFileHandle> open) : IFolder
{
    public long FreeBytes => long.MaxValue;

    public Place Look(string name) => inner.Look(name);

    public IFolder Enter(string name) => new FailingDisk(inner.Enter(name), open);

    public void Make(string name) => inner.Make(name);

    public SafeFileHandle OpenPartial(string name) => open(name);

    public SafeFileHandle OpenToRead(string name) => inner.OpenToRead(name);

    public bool TryRename(string from, string to) => inner.TryRename(from, to);

    public void Delete(string name) => inner.Delete(name);

    public void Flush() => inner.Flush();

    public void Dispose() => inner.Dispose();
}
