using System.Globalization;

namespace Switchboard.Bench.Load.Measuring;

/// <summary>What of a server's memory is in use and its own.</summary>
internal static class ServerMemory
{
    private const string Label = "RssAnon:";
    private const string Unit = " kB";

    /// <returns>In bytes, without files that are mapped; what the kernel holds for sockets is not in it.</returns>
    public static long ResidentBytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status")
            .First(line => line.StartsWith(Label, StringComparison.Ordinal));
        var kilobytes = line[Label.Length..^Unit.Length].Trim();
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }
}
