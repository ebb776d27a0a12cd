namespace Switchboard.Cli.Tests.Interop;

/// <summary>The page of the guide that shows the table. Its rows are what the tests found, or the tests fail.</summary>
internal static class InteropPage
{
    private const string Page = "docs/guide/interop.md";

    /// <summary>The rows that the page shows.</summary>
    public static IReadOnlyList<string> Rows()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, Page)))
        {
            folder = folder.Parent;
        }

        return File.ReadAllLines(Path.Combine(folder.FullName, Page));
    }

    /// <summary>The row that a program deserves.</summary>
    /// <param name="peer">The program.</param>
    /// <param name="rightCells">The cells in which the whole reply arrived and everybody exited with 0.</param>
    public static string RowOf(Peer peer, IEnumerable<string> rightCells)
    {
        var right = rightCells.ToHashSet();
        var columns =
            from role in Enum.GetValues<Role>()
            from replier in Enum.GetValues<Replier>()
            select string.Join(", ", peer.Families.Where(family => IsRight(right, family, role, replier)))
                is { Length: > 0 } families
                ? families.ToLowerInvariant()
                : "-";
        return $"| {peer.Program} | {string.Join(" | ", columns)} |";
    }

    private static bool IsRight(HashSet<string> right, Family family, Role role, Replier replier) =>
        HalfCloseTests.Delays.All(delay => right.Contains($"{new Cell(family, role, replier, delay)}"));
}
