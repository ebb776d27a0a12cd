using Microsoft.Win32.SafeHandles;

namespace Switchboard.Files.Storing;

/// <summary>
/// A folder by its path, for systems other than Linux. Links are looked for, but whoever may write to the target at the
/// same time could put one there between the look and the use: there, receive into folders of your own only.
/// </summary>
internal sealed class PathFolder(string path) : IFolder
{
    private const UnixFileMode FileForThisUserAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForThisUserAlone = FileForThisUserAlone | UnixFileMode.UserExecute;

    public long FreeBytes => new DriveInfo(path).AvailableFreeSpace;

    public static PathFolder Open(string path) => Directory.Exists(path)
        ? new PathFolder(Path.GetFullPath(path))
        : throw new DirectoryNotFoundException($"There is no folder \"{path}\".");

    public Place Look(string name)
    {
        var file = new FileInfo(In(name));
        if (file.LinkTarget is not null || (file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint)))
        {
            return new Place(PlaceKind.Other, 0);
        }

        return file.Exists ? new Place(PlaceKind.File, file.Length)
            : Directory.Exists(file.FullName) ? new Place(PlaceKind.Folder, 0)
            : new Place(PlaceKind.Nothing, 0);
    }

    public IFolder Enter(string name) => Look(name).Kind == PlaceKind.Folder
        ? new PathFolder(In(name))
        : throw new IOException($"\"{name}\" is no folder, or a symbolic link to one.");

    public void Make(string name)
    {
        if (Look(name).Kind != PlaceKind.Nothing)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(In(name));
        }
        else
        {
            Directory.CreateDirectory(In(name), ForThisUserAlone);
        }
    }

    public SafeFileHandle OpenPartial(string name)
    {
        if (Look(name).Kind is not (PlaceKind.Nothing or PlaceKind.File))
        {
            throw new IOException($"The unfinished file \"{name}\" cannot be used: it is no file.");
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileForThisUserAlone;
        }

        // The framework opens handles with a mode through streams only, and a stream lets go of none.
        if (Look(name).Kind == PlaceKind.Nothing)
        {
            new FileStream(In(name), options).Dispose();
        }

        return File.OpenHandle(In(name), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    public SafeFileHandle OpenToRead(string name) => Look(name).Kind == PlaceKind.File
        ? File.OpenHandle(In(name))
        : throw new IOException($"\"{name}\" is no file, or a symbolic link to one.");

    public bool TryRename(string from, string to)
    {
        try
        {
            if (Look(to).Kind != PlaceKind.Nothing)
            {
                return false;
            }

            File.Move(In(from), In(to), overwrite: false);
            return true;
        }
        catch (IOException) when (Look(to).Kind != PlaceKind.Nothing)
        {
            return false;
        }
    }

    public void Delete(string name) => File.Delete(In(name));

    public void Flush()
    {
        // No call of the framework does it; these systems keep names in a journal.
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private string In(string name) => Path.Combine(path, name);
}
