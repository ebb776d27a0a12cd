using System.Runtime.InteropServices;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Reporting;

/// <summary>What of this machine decides the figures; nothing that says whose machine it is.</summary>
internal static class MachineFacts
{
    public static IEnumerable<string> Lines(Cores cores)
    {
        yield return $"- {Environment.ProcessorCount} cores, {Model()}, {RuntimeInformation.ProcessArchitecture}";
        yield return $"- Linux {KernelVersion()}, TCP congestion control {Congestion()}";
        yield return $"- {RuntimeInformation.FrameworkDescription}, {Places.Configuration}";
        yield return Cores.CanPin
            ? $"- loopback; servers on core {string.Join(" and ", cores.Servers)}, generator on core {cores.Generator}"
            : "- loopback; one core for all";
    }

    private static string Model() =>
        FirstLine("/proc/cpuinfo", "model name") is { } line ? line[(line.IndexOf(':') + 1)..].Trim() : "model unknown";

    // What follows the numbers names who built the kernel.
    private static string KernelVersion() => Environment.OSVersion.Version.ToString(3);

    private static string Congestion() => FirstLine("/proc/sys/net/ipv4/tcp_congestion_control", "") ?? "unknown";

    private static string? FirstLine(string path, string start) => File.Exists(path)
        ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))
        : null;
}
