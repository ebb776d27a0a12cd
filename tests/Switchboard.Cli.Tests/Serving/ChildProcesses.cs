using System.Globalization;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Serving;

/// <summary>The processes that another has started.</summary>
internal static class ChildProcesses
{
    public static IReadOnlyList<int> Of(RunningProgram run)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(NumberOf).OfType<int>();
        return [.. all.Where(one => ParentOf(one) == run.Id)];
    }

    public static bool IsThere(int process) => Directory.Exists($"/proc/{process}");

    private static int? NumberOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
