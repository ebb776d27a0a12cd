using System.Globalization;

namespace Switchboard.Bench.Load.Measuring;

/// <summary>What /proc/PID/stat tells of a process; times in hundredths of a second.</summary>
internal readonly record struct ProcessRow(
    int Id, int Parent, long UserTicks, long SystemTicks, long EndedUserTicks, long EndedSystemTicks)
{
    public static IEnumerable<ProcessRow> ReadAll() =>
        from folder in Directory.EnumerateDirectories("/proc")
        where char.IsAsciiDigit(Path.GetFileName(folder)[0])
        let row = TryRead(folder)
        where row is not null
        select row.Value;

    // Behind the name, which may hold anything: the state, the parent, and from the twelfth field on the times.
    private static ProcessRow Parse(string stat)
    {
        var id = int.Parse(stat.AsSpan(0, stat.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessRow(id, (int)Number(1), Number(11), Number(12), Number(13), Number(14));

        long Number(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
    }

    private static ProcessRow? TryRead(string folder)
    {
        try
        {
            return Parse(File.ReadAllText(Path.Combine(folder, "stat")));
        }
        catch (IOException)
        {
            // It has ended since the folder was listed.
            return null;
        }
    }
}
