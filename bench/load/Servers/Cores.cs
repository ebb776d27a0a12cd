using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Servers;

/// <summary>Which cores the servers have, and which one the generator has.</summary>
internal sealed record Cores(IReadOnlyList<int> Servers, int Generator)
{
    /// <summary>False on a machine where there is nothing to share out.</summary>
    public static bool CanPin => OperatingSystem.IsLinux() && Affinity.Count > 1;

    public static Cores Default { get; } = new([0], 1);
}
