using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Measuring;

/// <summary>The CPU time of a server: of its process, and of those it started to do its work.</summary>
internal static class ServerClock
{
    private const long NanosecondsPerTick = 10_000_000;

    public static CpuTime Read(int server)
    {
        var family = FamilyOf(server);
        var sum = default(CpuTime);
        foreach (var process in family)
        {
            // Children that ended and were waited for have no clock any more; their parent has their ticks.
            sum += new CpuTime(
                (ProcessClock.Read(process.Id) ?? 0)
                    + ((process.EndedUserTicks + process.EndedSystemTicks) * NanosecondsPerTick),
                process.UserTicks + process.EndedUserTicks,
                process.SystemTicks + process.EndedSystemTicks);
        }

        return sum;
    }

    // Not every kernel lists a process's children; every one tells a process's parent.
    private static List<ProcessRow> FamilyOf(int server)
    {
        var children = ProcessRow.ReadAll().ToLookup(row => row.Parent);
        var family = new List<ProcessRow>();
        var waiting = new Queue<ProcessRow>(children.SelectMany(rows => rows).Where(row => row.Id == server));
        while (waiting.TryDequeue(out var next))
        {
            family.Add(next);
            foreach (var child in children[next.Id])
            {
                waiting.Enqueue(child);
            }
        }

        return family;
    }
}
