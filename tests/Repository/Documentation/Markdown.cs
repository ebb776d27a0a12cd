using System.Text.RegularExpressions;

namespace Switchboard.Repository.Documentation;

/// <summary>What the rules need to know about a Markdown file: its headings, links and fenced blocks.</summary>
internal static partial class Markdown
{
    /// <summary>Where a link leads, and the line it stands on. Code is not searched.</summary>
    public static IEnumerable<(string Target, int Line)> Links(SourceFile file) =>
        from line in Prose(file)
        from Match match in Link().Matches(InlineCode().Replace(line.Text, ""))
        select (match.Groups.Values.Last(part => part.Success).Value, line.Number);

    /// <summary>The anchors of the headings, spelt as GitHub spells them.</summary>
    public static IReadOnlySet<string> Anchors(SourceFile file)
    {
        var anchors = new HashSet<string>();
        foreach (var (text, _) in Prose(file))
        {
            if (Heading().Match(text) is { Success: true } heading)
            {
                var anchor = AnchorOf(heading.Groups[1].Value);
                for (var (free, again) = (anchor, 1); !anchors.Add(free); again++)
                {
                    free = $"{anchor}-{again}";
                }
            }
        }

        return anchors;
    }

    /// <summary>The blocks between fences of three backticks.</summary>
    public static IReadOnlyList<CodeBlock> CodeBlocks(SourceFile file)
    {
        var blocks = new List<CodeBlock>();
        var lines = file.Lines;
        for (var start = 0; start < lines.Length; start++)
        {
            if (!IsFence(lines[start]))
            {
                continue;
            }

            var length = lines.Skip(start + 1).TakeWhile(line => !IsFence(line)).Count();
            blocks.Add(new CodeBlock(
                file.Path,
                start + 1,
                lines[start].TrimStart().TrimStart('`').Split(' ', StringSplitOptions.RemoveEmptyEntries),
                string.Concat(lines.Skip(start + 1).Take(length).Select(line => line + "\n")),
                start == 0 ? "" : lines[start - 1].Trim()));
            start += length + 1;
        }

        return blocks;
    }

    private static IEnumerable<(string Text, int Number)> Prose(SourceFile file)
    {
        var code = CodeBlocks(file).SelectMany(block => Enumerable.Range(block.Line, block.LineCount + 2)).ToHashSet();

        return file.Lines.Index().Select(line => (line.Item, line.Index + 1)).Where(line => !code.Contains(line.Item2));
    }

    private static bool IsFence(string line) => line.TrimStart().StartsWith("```", StringComparison.Ordinal);

    private static string AnchorOf(string heading) => string.Concat(LinkText().Replace(heading, "$1")
        .Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')
        .Select(letter => letter == ' ' ? '-' : char.ToLowerInvariant(letter)));

    [GeneratedRegex(@"^#{1,6} +(.*?) *#*$")]
    private static partial Regex Heading();

    // [text](target "title"), [text]: target, and <img src="target"> or <a href="target">.
    [GeneratedRegex("""\]\(<?([^)\s>]+)|^ *\[[^\]]+\]: +(\S+)|(?:src|href)="([^"]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}
