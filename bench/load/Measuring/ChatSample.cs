namespace Switchboard.Bench.Load.Measuring;

/// <summary>One chat server, once.</summary>
internal sealed record ChatSample
{
    public required long Deliveries { get; init; }

    public required long Lost { get; init; }

    public required long Doubled { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Of the server.</summary>
    public required CpuTime Cpu { get; init; }

    public required double BytesPerMember { get; init; }

    public required TimeSpan P50 { get; init; }

    public required TimeSpan P99 { get; init; }

    public double DeliveriesPerCpuSecond => Deliveries / (Cpu.Nanoseconds / 1e9);

    /// <summary>Of a delivery, outside the kernel: an estimate, from ticks.</summary>
    public double UserMicroseconds =>
        CpuMicroseconds * Cpu.UserTicks / Math.Max(1, Cpu.UserTicks + Cpu.SystemTicks);

    public double CpuMicroseconds => Cpu.Nanoseconds / 1e3 / Deliveries;

    /// <summary>How much of one core the server used. If it is all of it, messages wait for their turn.</summary>
    public double Busy => Cpu.Nanoseconds / 1e9 / Elapsed.TotalSeconds;
}
