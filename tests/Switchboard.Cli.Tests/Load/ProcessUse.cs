using System.Globalization;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Load;

/// <summary>What a process uses, in the kernel's word.</summary>
/// <param name="run">A process that runs.</param>
internal sealed class ProcessUse(RunningProgram run)
{
    // The kernel counts a process's time in hundredths of a second, whatever the machine.
    private const double TicksPerSecond = 100;

    /// <summary>How many files a process of this user may open; 0 where the kernel does not tell.</summary>
    public static int DescriptorLimit { get; } = ReadDescriptorLimit();

    /// <summary>
    /// Open sockets, pipes and kin. Files are left out: the runtime opens one whenever it first needs an assembly.
    /// </summary>
    public int Descriptors => Directory.GetFiles($"/proc/{run.Id}/fd").Count(link => !IsFile(link));

    public int Threads => Directory.GetDirectories($"/proc/{run.Id}/task").Length;

    public TimeSpan ProcessorTime
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{run.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = fields.Skip(11).Take(2).Sum(count => long.Parse(count, CultureInfo.InvariantCulture));
            return TimeSpan.FromSeconds(ticks / TicksPerSecond);
        }
    }

    /// <summary>Waits until a number that falls by itself has fallen so far.</summary>
    public static async Task FallsToAsync(string what, Func<int> number, int target)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (number() > target)
        {
            Assert.False(patience.IsCancellationRequested, $"{number()} {what} are left of {target} at first.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static bool IsFile(string link) =>
        new FileInfo(link).LinkTarget is not { } target || target.StartsWith('/');

    private static int ReadDescriptorLimit()
    {
        const string Limits = "/proc/self/limits";
        const string Name = "Max open files";
        var line = File.Exists(Limits)
            ? File.ReadLines(Limits).Single(line => line.StartsWith(Name, StringComparison.Ordinal))
            : $"{Name} 0";
        var soft = line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return int.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }
}
