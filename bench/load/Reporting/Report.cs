using System.Globalization;
using Switchboard.Bench.Load.Planning;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Reporting;

/// <summary>A page of markdown: what was measured where, by which command, and the tables.</summary>
internal sealed class Report(string title, LoadOptions options)
{
    private readonly List<string> _lines = [];

    public void Say(string line) => _lines.Add(line);

    public void Say(IEnumerable<string> lines) => _lines.AddRange(lines);

    public void Section(string heading)
    {
        Say(["", $"## {heading}", ""]);
    }

    /// <summary>Says which servers are missing, and why.</summary>
    public void SaySkipped(IReadOnlyDictionary<string, string> reasons)
    {
        if (reasons.Count > 0)
        {
            Section("Skipped");
            Say(reasons.Select(one => $"- {one.Key}: {one.Value}"));
        }
    }

    /// <returns>Where it was written.</returns>
    public string Write()
    {
        var path = options.Out ?? DefaultPath();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllLines(path, Page());
        return Path.GetRelativePath(Environment.CurrentDirectory, path);
    }

    private IEnumerable<string> Page() =>
    [
        $"# {title}, {Today}", "",
        .. MachineFacts.Lines(options.Cores), "",
        "```sh", options.CommandLine, "```", "",
        .. _lines,
    ];

    private static string Today => DateTime.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string DefaultPath() =>
        Path.Combine(Places.Results, options.Verb == LoadOptions.Grid ? $"{Today}.md" : $"{Today}-{options.Verb}.md");
}
