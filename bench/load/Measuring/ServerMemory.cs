using System.Globalization;

namespace Switchboard.Bench.Load.Measuring;

/// <summary>What of a server's memory is in use and its own.</summary>
internal static class ServerMemory
{
    private const string Label = "RssAnon:";

    /// <returns>In bytes, without files that are mapped; memory that the kernel holds for sockets is not in it.</returns>
    public static long ResidentBytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status")
            .First(line => line.StartsWith(Label, StringComparison.Ordinal));
        return long.Parse(line[Label.Length..^" kB".Length], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture)
            * 1024;
    }
}
