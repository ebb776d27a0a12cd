namespace Switchboard.Repository.Documentation;

/// <summary>Links between the documents lead somewhere, and every page of the guide can be reached.</summary>
internal static class Links
{
    /// <param name="file">The document whose relative links are followed.</param>
    /// <param name="exists">Whether the repository has a file or folder at a path.</param>
    /// <param name="read">Another document, for its headings.</param>
    public static IEnumerable<Violation> Check(
        SourceFile file, Func<string, bool> exists, Func<string, SourceFile?> read)
    {
        foreach (var (target, line) in Markdown.Links(file).Where(link => IsRelative(link.Target)))
        {
            var path = PathOf(file, target);
            var anchor = target.Contains('#', StringComparison.Ordinal) ? target[(target.IndexOf('#') + 1)..] : "";
            if (!exists(path))
            {
                yield return new Violation(
                    file.Path, line, $"The link leads to {path}, which does not exist. Write the path from this file.");
            }
            else if (anchor.Length > 0 && read(path) is { } document && !Markdown.Anchors(document).Contains(anchor))
            {
                yield return new Violation(
                    file.Path,
                    line,
                    $"{path} has no heading #{anchor}. Write one of: {string.Join(", ", Markdown.Anchors(document))}.");
            }
        }
    }

    /// <summary>Each page is linked from one of the documents that list pages.</summary>
    public static IEnumerable<Violation> CheckReachable(IEnumerable<SourceFile> pages, IReadOnlyList<SourceFile> lists)
    {
        var linked = lists
            .SelectMany(list => Markdown.Links(list).Select(link => PathOf(list, link.Target)))
            .ToHashSet();

        return pages
            .Where(page => !linked.Contains(page.Path) && !lists.Contains(page))
            .Select(page => new Violation(
                page.Path, 1, $"Nobody finds this page. Write a link to it into {lists[^1].Path}."));
    }

    private static bool IsRelative(string target) =>
        !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal);

    private static string PathOf(SourceFile from, string target)
    {
        var path = Uri.UnescapeDataString(target.Split('#')[0]);
        var parts = new List<string>();
        foreach (var part in path.Length == 0 ? from.Path.Split('/') : $"{from.Folder}/{path}".Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
