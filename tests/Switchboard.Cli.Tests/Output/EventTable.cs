using System.Text.Json;

namespace Switchboard.Cli.Tests.Output;

/// <summary>The events as <c>docs/guide/events.md</c> promises them: real ones are held to it.</summary>
internal static class EventTable
{
    private static readonly string[] Always = ["v", "event", "time"];

    /// <summary>By event: its members, and whether each may be missing.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, bool>> Documented { get; } = Read();

    /// <summary>Fails the test if a line is no event, or not as it is documented.</summary>
    public static void Check(string line)
    {
        using var json = JsonDocument.Parse(line);
        Check(json.RootElement);
    }

    /// <summary>The same of a line that was read already.</summary>
    public static void Check(JsonElement happened)
    {
        Assert.Equal(1, happened.GetProperty("v").GetInt32());
        Assert.True(happened.GetProperty("time").TryGetDateTimeOffset(out _));
        var name = happened.GetProperty("event").GetString()!;
        Assert.True(Documented.TryGetValue(name, out var members), $"events.md has no row for {happened}");
        foreach (var member in happened.EnumerateObject().Where(member => !Always.Contains(member.Name)))
        {
            Assert.True(members.TryGetValue(member.Name, out var mayMiss), $"{name} has an undocumented {member.Name}");
            Assert.True(mayMiss || member.Value.ValueKind != JsonValueKind.Null, $"{name}'s {member.Name} is null");
        }

        foreach (var (member, _) in members.Where(pair => !pair.Value))
        {
            Assert.True(happened.TryGetProperty(member, out _), $"{name} lacks its {member}");
        }
    }

    private static Dictionary<string, IReadOnlyDictionary<string, bool>> Read()
    {
        var rows = from line in File.ReadLines(FindPage())
                   let cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries)
                   where line.StartsWith("| `", StringComparison.Ordinal) && cells.Length == Always.Length
                   select (Name: cells[0].Trim('`'), Members: cells[2]);
        return rows.ToDictionary(row => row.Name, row => (IReadOnlyDictionary<string, bool>)row.Members.Split(',')
            .Where(member => member.Contains('`', StringComparison.Ordinal))
            .ToDictionary(member => member.Trim().Trim('?').Trim('`'), member => member.Trim().EndsWith('?')));
    }

    private static string FindPage()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Switchboard.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return Path.Combine(folder.FullName, "docs", "guide", "events.md");
    }
}
