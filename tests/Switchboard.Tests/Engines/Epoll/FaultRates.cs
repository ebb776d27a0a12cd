namespace Switchboard.Tests.Engines.Epoll;

/// <summary>How often each fault happens: 0 for never, 1 for always.</summary>
internal sealed record FaultRates
{
    /// <summary>The kernel has nothing, and tells soon that it has.</summary>
    public double Nothing { get; init; } = 0.05;

    /// <summary>A call gets or takes less than it could.</summary>
    public double Short { get; init; } = 0.1;

    /// <summary>A signal interrupts a call.</summary>
    public double Interrupted { get; init; } = 0.05;

    /// <summary>No descriptors or memory for an accept, no memory for a send.</summary>
    public double Shortage { get; init; } = 0.01;

    /// <summary>An event of nothing.</summary>
    public double Spurious { get; init; } = 0.05;

    /// <summary>An event for whoever had a descriptor before.</summary>
    public double Late { get; init; } = 0.05;

    /// <summary>Some time passes just before an operation waits.</summary>
    public double SlowParking { get; init; } = 0.1;
}
