using Microsoft.Win32.SafeHandles;

namespace Switchboard.Files.Storing;

/// <summary>
/// A folder that is held open: whoever exchanges its path for a link meanwhile leads nothing astray.
/// </summary>
internal sealed class LinuxFolder : IFolder
{
    private const uint ForThisUserAlone = 0x1C0;
    private const uint FileForThisUserAlone = 0x180;

    private readonly SafeFileHandle _handle;
    private readonly Func<SafeFileHandle, string, string, int> _rename;
    private readonly Func<SafeFileHandle, bool> _tryLock;

    private LinuxFolder(
        SafeFileHandle handle, Func<SafeFileHandle, string, string, int> rename, Func<SafeFileHandle, bool> tryLock) =>
        (_handle, _rename, _tryLock) = (handle, rename, tryLock);

    // By the descriptor, because the path may be another folder by now.
    public long FreeBytes => new DriveInfo($"/proc/self/fd/{_handle.DangerousGetHandle()}").AvailableFreeSpace;

    /// <summary>The folder at a path, which the user has chosen: links in it are followed.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="rename">Renames without replacing; a test brings file systems that cannot.</param>
    /// <param name="tryLock">Locks a file; a test has something else happen before.</param>
    public static LinuxFolder Open(
        string path,
        Func<SafeFileHandle, string, string, int>? rename = null,
        Func<SafeFileHandle, bool>? tryLock = null) => new(
        LinuxCalls.Open(folder: null, path, LinuxCalls.ReadOnly | LinuxCalls.DirectoryOnly),
        rename ?? LinuxCalls.Rename,
        tryLock ?? LinuxCalls.TryLock);

    public Place Look(string name) => Find(name) is { } file
        ? new Place(file.Kind, file.Bytes)
        : new Place(PlaceKind.Nothing, 0);

    public IFolder Enter(string name) => new LinuxFolder(
        LinuxCalls.Open(_handle, name, LinuxCalls.ReadOnly | LinuxCalls.DirectoryOnly | LinuxCalls.NoLinks),
        _rename,
        _tryLock);

    public void Make(string name)
    {
        var error = LinuxCalls.Make(_handle, name, ForThisUserAlone);
        if (error is not (0 or LinuxCalls.Exists))
        {
            throw LinuxCalls.Failed(error, name);
        }
    }

    public SafeFileHandle OpenPartial(string name)
    {
        while (true)
        {
            var file = OpenLocked(name);
            if (Find(name) is { } there && there.Is(LinuxCalls.Examine(file)))
            {
                return file;
            }

            // Whoever had it until now has given it its name, or has deleted it: it is not ours to write to.
            LinuxCalls.Unlock(file);
            file.Dispose();
        }
    }

    public SafeFileHandle OpenToRead(string name)
    {
        var file = LinuxCalls.Open(
            _handle, name, LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.NoLinks);
        if (LinuxCalls.Examine(file).Kind == PlaceKind.File)
        {
            return file;
        }

        file.Dispose();
        throw new IOException($"\"{name}\" is no file.");
    }

    public bool TryRename(string from, string to)
    {
        var error = _rename(_handle, from, to);
        if (error is LinuxCalls.Invalid or LinuxCalls.NotImplemented)
        {
            // A file system that knows no renaming without replacing: a second name, which is never given twice.
            error = LinuxCalls.Link(_handle, from, to);
            if (error == 0)
            {
                Delete(from);
            }
        }

        return error switch
        {
            0 => true,
            LinuxCalls.Exists => false,
            _ => throw LinuxCalls.Failed(error, to),
        };
    }

    public void Delete(string name)
    {
        var error = LinuxCalls.Delete(_handle, name);
        if (error is not (0 or LinuxCalls.NotFound))
        {
            throw LinuxCalls.Failed(error, name);
        }
    }

    public void Flush()
    {
        var error = LinuxCalls.Flush(_handle);
        if (error is not (0 or LinuxCalls.Invalid))
        {
            throw LinuxCalls.Failed(error, ".");
        }
    }

    public void Dispose() => _handle.Dispose();

    private LinuxFile? Find(string name) => LinuxCalls.Examine(_handle, name);

    private SafeFileHandle OpenLocked(string name)
    {
        // Non-blocking, because a pipe of that name would keep whoever opens it waiting.
        const int Flags = LinuxCalls.ReadWrite | LinuxCalls.Create | LinuxCalls.NonBlocking;
        var file = LinuxCalls.Open(_handle, name, Flags | LinuxCalls.NoLinks, FileForThisUserAlone);
        var problem = LinuxCalls.Examine(file) switch
        {
            { Kind: not PlaceKind.File } => "it is no file",
            { Owner: var owner } when owner != LinuxCalls.geteuid() => "it belongs to another user",
            _ when !_tryLock(file) => "another receiver writes to it",

            // One that is being given its name has two for a moment, until the lock is free.
            _ => LinuxCalls.Examine(file).Links > 1 ? "it has another name elsewhere" : null,
        };
        if (problem is null)
        {
            return file;
        }

        file.Dispose();
        throw new IOException($"The unfinished file \"{name}\" cannot be used: {problem}.");
    }
}
