namespace Switchboard.Repository.Api;

/// <summary>What changed between two descriptions of an API.</summary>
internal static class ApiDifference
{
    /// <summary>Lines that went, marked <c>-</c>, and lines that came, marked <c>+</c>, each below its type.</summary>
    public static IReadOnlyList<string> Between(string accepted, string actual)
    {
        var before = Lines(accepted);
        var after = Lines(actual);
        var gone = before.Except(after).Select(line => (line.Type, line.Member, Mark: '-'));
        var come = after.Except(before).Select(line => (line.Type, line.Member, Mark: '+'));

        return
        [
            .. gone.Concat(come)
                .GroupBy(line => line.Type)
                .OrderBy(type => type.Key, StringComparer.Ordinal)
                .SelectMany(type => type.Select(line => $"{line.Mark} {line.Member}").Prepend($"  {type.Key}")),
        ];
    }

    // A type's own line changes with its modifiers; its members are still below the same type.
    private static List<(string Type, string Member)> Lines(string text)
    {
        var lines = new List<(string Type, string Member)>();
        var type = "";
        foreach (var line in text.Split('\n').Where(line => line.Length > 0))
        {
            if (!line.StartsWith(' '))
            {
                type = line.Split(" : ")[0].Split(' ').First(word => word.Contains('.', StringComparison.Ordinal));
            }

            lines.Add((type, line));
        }

        return lines;
    }
}
