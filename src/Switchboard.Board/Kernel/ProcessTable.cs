using System.Globalization;

namespace Switchboard.Board.Kernel;

/// <summary>The processes of <c>/proc</c> and the sockets that they have open.</summary>
/// <param name="root">Where the kernel shows them.</param>
internal sealed class ProcessTable(string root = "/proc")
{
    private const string SocketLink = "socket:[";

    private static readonly EnumerationOptions Everything = new()
    {
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.None,
    };

    /// <summary>
    /// Finds who has these sockets open. A process that this user may not look at, or that ends meanwhile, is passed
    /// over.
    /// </summary>
    public ILookup<long, OwningProcess> OwnersOf(IReadOnlySet<long> inodes) =>
        (from folder in inodes.Count == 0 ? [] : Directory.EnumerateDirectories(root)
         let id = ParseId(folder)
         where id is not null
         from inode in SocketsOf(folder).Where(inodes.Contains).Distinct()
         orderby id
         select (inode, process: new OwningProcess(id.Value, NameOf(folder))))
        .ToLookup(owner => owner.inode, owner => owner.process);

    /// <summary>The directory that the process works in; null when this user may not know.</summary>
    public string? DirectoryOf(OwningProcess process) =>
        LinkTarget(Path.Combine(root, process.Id.ToString(CultureInfo.InvariantCulture), "cwd"));

    private static int? ParseId(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static IEnumerable<long> SocketsOf(string folder)
    {
        string[] descriptors;
        try
        {
            descriptors = Directory.GetFileSystemEntries(Path.Combine(folder, "fd"), "*", Everything);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return from descriptor in descriptors
               let inode = ParseSocket(LinkTarget(descriptor))
               where inode is not null
               select inode.Value;
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? ParseSocket(string? target) =>
        target is not null
        && target.StartsWith(SocketLink, StringComparison.Ordinal)
        && long.TryParse(
            target.AsSpan(SocketLink.Length).TrimEnd(']'),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var inode)
            ? inode
            : null;

    private static string NameOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "comm")).TrimEnd('\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "a process that has just ended";
        }
    }
}
