namespace Switchboard.Repository;

/// <summary>The files of this repository.</summary>
internal static class Tree
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "TestResults", ".git", ".vs", ".idea"];
    private static readonly string[] Text = [".cs", ".md", ".csproj", ".props", ".targets", ".txt"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every text file that people edit, sorted by path.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } =
        [.. Walk(new DirectoryInfo(Root)).OrderBy(file => file.Path, StringComparer.Ordinal)];

    public static IEnumerable<SourceFile> CSharp => Files.Where(file => file.IsCSharp);

    public static IEnumerable<SourceFile> CSharpUnder(string folder) =>
        CSharp.Where(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    public static SourceFile File(string path) =>
        Files.FirstOrDefault(file => file.Path == path)
        ?? throw new FileNotFoundException($"The repository has no {path}.");

    public static string FullPath(string path) => Path.Combine(Root, path);

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo inner && !NotOurs.Contains(inner.Name))
            {
                foreach (var file in Walk(inner))
                {
                    yield return file;
                }
            }
            else if (entry is FileInfo && (Text.Contains(entry.Extension) || folder.Name == ".ci"))
            {
                var path = Path.GetRelativePath(Root, entry.FullName).Replace('\\', '/');
                yield return new SourceFile(path, System.IO.File.ReadAllText(entry.FullName));
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Switchboard.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("The tests run outside the repository: no Switchboard.slnx above.");
    }
}
