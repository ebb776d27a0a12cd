using Microsoft.Win32.SafeHandles;
using Switchboard.Files.Names;
using Switchboard.Files.Storing;

namespace Switchboard.Files;

/// <summary>
/// A folder that strangers may look into, and put files into if its owner lets them. No link is followed, so that
/// nothing leads out of it; what is neither file nor folder is not there, and neither are unfinished files of ours.
/// </summary>
public sealed class SharedFolder : IDisposable
{
    private readonly string _path;
    private readonly IFolder _root;

    private SharedFolder(string path, IFolder root, SharedFolderOptions options)
    {
        _path = path;
        _root = root;
        Options = options;
    }

    /// <summary>What is shown, and what is taken in.</summary>
    public SharedFolderOptions Options { get; }

    /// <summary>Opens a folder that its owner has chosen; a link to it is followed.</summary>
    /// <exception cref="TransferException">It is not there, or must not be entered.</exception>
    public static SharedFolder Open(string path, SharedFolderOptions? options = null)
    {
        try
        {
            var whole = Path.GetFullPath(path);
            return new(whole, OpenRoot(whole), options ?? new SharedFolderOptions());
        }
        catch (Exception error) when (StorageErrors.Is(error))
        {
            throw StorageErrors.Explain(error, path);
        }
    }

    /// <summary>What is at a place: the folders to it and its name, none for the shared folder itself.</summary>
    /// <returns>Null if nothing is there, or nothing that is shown.</returns>
    public SharedEntry? Look(IReadOnlyList<string> parts)
    {
        if (!parts.All(IsShown))
        {
            return null;
        }

        if (parts.Count == 0)
        {
            return new SharedEntry("", IsFolder: true, 0, Directory.GetLastWriteTimeUtc(_path));
        }

        return Within(parts, folder => EntryOf(folder, parts[^1], PathOf(parts)));
    }

    /// <summary>What is in a folder, in no order.</summary>
    /// <returns>Null if it is no folder.</returns>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public IReadOnlyList<SharedEntry>? List(IReadOnlyList<string> parts)
    {
        if (Look(parts) is not { IsFolder: true })
        {
            return null;
        }

        var path = PathOf(parts);
        return Within<IReadOnlyList<SharedEntry>>([.. parts, ""], folder =>
            [
                .. Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).OfType<string>()
                    .Where(IsShown)
                    .Select(name => EntryOf(folder, name, Path.Combine(path, name)))
                    .OfType<SharedEntry>(),
            ]);
    }

    /// <summary>Opens a file to be read from any place.</summary>
    /// <returns>Null if there is none. The caller owns it.</returns>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public SafeFileHandle? OpenToRead(IReadOnlyList<string> parts) =>
        Look(parts) is { IsFolder: false } ? Within(parts, folder => folder.OpenToRead(parts[^1])) : null;

    /// <summary>
    /// Begins a file that comes from a stranger, in a folder that is there. It has its name when it is complete; until
    /// then it is private. Nothing is ever replaced.
    /// </summary>
    /// <exception cref="TransferException">
    /// The name would lead elsewhere, clashes with another, is there, or would not exist on some system; the folder is
    /// not there; it is being written by somebody else; the disk is full.
    /// </exception>
    public IncomingFile Create(IReadOnlyList<string> parts)
    {
        var name = OfferedName.Parse(string.Join(NameRules.Separator, parts));
        if (!parts.All(IsShown))
        {
            throw new TransferException(
                TransferFailure.NameRefused, $"The name \"{name}\" is refused: nobody would see it.", name.Text);
        }

        IReadOnlyList<string> above = [.. parts.SkipLast(1)];
        if (Look(above) is not { IsFolder: true })
        {
            throw new TransferException(
                TransferFailure.Denied, $"There is no folder \"{string.Join('/', above)}\".", name.Text);
        }

        RefuseClash(name, PathOf(above));
        try
        {
            return new IncomingFile(name, TargetTree.Open(_path));
        }
        catch (Exception error) when (StorageErrors.Is(error))
        {
            throw StorageErrors.Explain(error, name.Text);
        }
    }

    /// <summary>Releases the folder; files that are open stay so.</summary>
    public void Dispose() => _root.Dispose();

    private static IFolder OpenRoot(string path) =>
        OperatingSystem.IsLinux() ? LinuxFolder.Open(path) : PathFolder.Open(path);

    // What stands on the disk has been named by its owner: only what would lead elsewhere is not looked for.
    private bool IsShown(string name) => name.Length > 0
        && name is not ("." or "..")
        && !name.AsSpan().ContainsAny('/', '\\', '\0')
        && !(OperatingSystem.IsWindows() && name.Contains(':', StringComparison.Ordinal))
        && (Options.ShowsHidden || name[0] != '.')
        && !name.StartsWith(NameRules.OwnPrefix, StringComparison.OrdinalIgnoreCase);

    private static SharedEntry? EntryOf(IFolder folder, string name, string path)
    {
        var place = folder.Look(name);
        return place.Kind is PlaceKind.File or PlaceKind.Folder
            ? new SharedEntry(name, place.Kind == PlaceKind.Folder, place.Bytes, File.GetLastWriteTimeUtc(path))
            : null;
    }

    private string PathOf(IReadOnlyList<string> parts) => Path.Combine([_path, .. parts]);

    /// <summary>Does something in the folder above a place, entered part by part.</summary>
    private T? Within<T>(IReadOnlyList<string> parts, Func<IFolder, T?> work)
        where T : class
    {
        var opened = new List<IFolder>();
        try
        {
            var folder = _root;
            foreach (var part in parts.SkipLast(1))
            {
                if (folder.Look(part).Kind != PlaceKind.Folder)
                {
                    return null;
                }

                folder = folder.Enter(part);
                opened.Add(folder);
            }

            return work(folder);
        }
        catch (IOException)
        {
            // It was there a moment ago.
            return null;
        }
        finally
        {
            opened.ForEach(folder => folder.Dispose());
        }
    }

    private static void RefuseClash(OfferedName name, string folder)
    {
        var own = name.Parts[^1];
        var key = CaseKey.Of(own);
        var there = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>()
            .FirstOrDefault(other => CaseKey.Of(other) == key);
        if (there == own)
        {
            throw IncomingFile.AlreadyThere(name.Text);
        }

        if (there is not null)
        {
            throw new TransferException(
                TransferFailure.NameRefused,
                $"The name \"{name}\" is refused: it differs from \"{SafeName.Show(there)}\" only in ways that some "
                + "disks do not see.",
                name.Text);
        }
    }
}
