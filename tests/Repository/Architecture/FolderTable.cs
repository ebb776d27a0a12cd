namespace Switchboard.Repository.Architecture;

/// <summary>Which folder may use which: the tables headed <c>folder | what it is for | may use</c>.</summary>
internal static class FolderTable
{
    private static readonly string[] Header = ["folder", "what it is for", "may use"];

    public static IReadOnlyList<FolderRow> Read(SourceFile document)
    {
        var rows = new List<FolderRow>();
        var inside = false;
        foreach (var (index, line) in document.Lines.Index())
        {
            var cells = Cells(line);
            if (cells.Length != Header.Length)
            {
                inside = false;
            }
            else if (cells.SequenceEqual(Header))
            {
                inside = true;
            }
            else if (inside && !cells[0].StartsWith('-'))
            {
                rows.Add(new FolderRow(cells[0], Names(cells[2]), index + 1));
            }
        }

        return rows;
    }

    /// <summary>Holds the rows to the folders that have code in them.</summary>
    public static IEnumerable<Violation> CheckFolders(SourceFile document, IEnumerable<SourceFile> sources)
    {
        var rows = Read(document);
        var folders = sources.GroupBy(source => FolderOf(source.Path)).ToDictionary(group => group.Key);

        foreach (var row in rows.Where(row => !folders.Keys.Any(folder => Covers(row, folder))))
        {
            yield return new Violation(
                document.Path, row.Line, $"{row.Folder} has no code. Delete the row, or correct its name.");
        }

        foreach (var (folder, files) in folders.Where(folder => rows.All(row => row.Folder != folder.Key)))
        {
            yield return new Violation(
                files.First().Path,
                1,
                $"{folder} is not in the folder table. Write a row `{folder}` | what it is for | what it may use "
                + $"in {document.Path}, or move the file to a folder that has one.");
        }
    }

    /// <summary>Holds the rows to each other: names that exist, and no way round in a circle.</summary>
    public static IEnumerable<Violation> CheckArrows(SourceFile document)
    {
        var rows = Read(document);
        foreach (var row in rows)
        {
            foreach (var name in row.MayUse.Where(name => Find(rows, row, name) is null))
            {
                yield return new Violation(
                    document.Path, row.Line, $"{row.Folder} may use {name}, which has no row. Write a sibling's name.");
            }

            if (Reachable(rows, row).Contains(row))
            {
                yield return new Violation(
                    document.Path,
                    row.Line,
                    $"{row.Folder} reaches itself. Arrows point down only: take the name out of one 'may use' cell.");
            }
        }
    }

    /// <summary>The folder whose row speaks for a file: its project, or the first folder inside that.</summary>
    public static string FolderOf(string path) => string.Join('/', path.Split('/')[..^1].Take(3));

    private static bool Covers(FolderRow row, string folder) =>
        folder == row.Folder || folder.StartsWith(row.Folder + "/", StringComparison.Ordinal);

    private static HashSet<FolderRow> Reachable(IReadOnlyList<FolderRow> rows, FolderRow from)
    {
        var reached = new HashSet<FolderRow>();
        var next = new Queue<FolderRow>([from]);
        while (next.TryDequeue(out var row))
        {
            foreach (var used in row.MayUse.Select(name => Find(rows, row, name)).OfType<FolderRow>())
            {
                if (reached.Add(used))
                {
                    next.Enqueue(used);
                }
            }
        }

        return reached;
    }

    private static FolderRow? Find(IReadOnlyList<FolderRow> rows, FolderRow sibling, string name) =>
        rows.FirstOrDefault(row => row.Parent == sibling.Parent && row.Name == name);

    private static string[] Cells(string line)
    {
        var plain = line.Replace("`", "", StringComparison.Ordinal).Trim();

        return plain.StartsWith('|') ? plain.Trim('|').Split('|', StringSplitOptions.TrimEntries) : [];
    }

    private static string[] Names(string cell) =>
        cell == "nothing" ? [] : cell.Split(',', StringSplitOptions.TrimEntries);
}
