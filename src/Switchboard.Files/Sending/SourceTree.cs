using Switchboard.Files.Names;
using Switchboard.Files.Protocol;
using Switchboard.Files.Storing;
using Switchboard.Files.Transfers;

namespace Switchboard.Files.Sending;

/// <summary>
/// Finds what is to be sent. Names that a receiver would refuse are refused here, before anybody is asked.
/// </summary>
internal sealed class SourceTree
{
    private readonly List<Source> _sources = [];
    private readonly List<string> _skipped = [];
    private readonly NameSet _names = new();

    public IReadOnlyList<Source> Sources => _sources;

    /// <summary>What was met in folders and is neither file nor folder: links, pipes, devices.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>Adds a file, or a folder with all that is in it.</summary>
    public void Add(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(full));
            if (Directory.Exists(full))
            {
                AddFolder(name, new DirectoryInfo(full));
            }
            else if (!File.Exists(full))
            {
                throw Unreadable(path, "there is nothing of that name");
            }
            else if (!IsFile(full))
            {
                throw Unreadable(path, "it is neither a file nor a folder");
            }
            else
            {
                AddFile(name, new FileInfo(full));
            }
        }
        catch (Exception error) when (StorageErrors.Is(error))
        {
            throw Unreadable(path, error.Message, error);
        }
    }

    public void Add(string name, Stream content)
    {
        var entry = new Entry(EntryKind.Stream, OfferedName.Parse(name), Wording.NoSize);
        Take(new Source(entry, Path: null, content, default));
    }

    private void AddFolder(string name, DirectoryInfo folder)
    {
        Take(new Source(new Entry(EntryKind.Folder, OfferedName.Parse(name), 0), folder.FullName, null, default));
        foreach (var inside in folder.EnumerateFileSystemInfos().OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            var inner = $"{name}{NameRules.Separator}{inside.Name}";
            switch (inside)
            {
                case { LinkTarget: not null }:
                    _skipped.Add(inner);
                    break;
                case DirectoryInfo deeper:
                    AddFolder(inner, deeper);
                    break;
                case FileInfo file when IsFile(file.FullName):
                    AddFile(inner, file);
                    break;
                default:
                    _skipped.Add(inner);
                    break;
            }
        }
    }

    private void AddFile(string name, FileInfo file)
    {
        // A link that was named itself is meant: its file is what counts.
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        var isExecutable = !OperatingSystem.IsWindows() && target.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
        var traits = new FileTraits(isExecutable, target.LastWriteTimeUtc);
        var entry = new Entry(EntryKind.File, OfferedName.Parse(name), target.Length, traits);
        Take(new Source(entry, file.FullName, null, target.LastWriteTimeUtc));
    }

    private void Take(Source source)
    {
        _names.Add(source.Name, source.Entry.Kind == EntryKind.Folder);
        _sources.Add(source);
    }

    // Whoever opens a pipe waits for its other end, and a device never ends.
    private static bool IsFile(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path);
        }

        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        return LinuxCalls.Examine(folder: null, target)?.Kind == PlaceKind.File;
    }

    private static TransferException Unreadable(string path, string problem, Exception? error = null)
    {
        var shown = SafeName.Show(path);
        return new TransferException(
            TransferFailure.Unreadable, $"\"{shown}\" cannot be sent: {problem.TrimEnd('.')}.", shown, error);
    }
}
