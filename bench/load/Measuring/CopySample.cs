namespace Switchboard.Bench.Load.Measuring;

/// <summary>One file, brought from one process to another.</summary>
/// <param name="Elapsed">From the start of the sender to the end of both.</param>
/// <param name="SenderCpuSeconds">User and system together, from its start to its end.</param>
/// <param name="ReceiverCpuSeconds">Likewise.</param>
internal sealed record CopySample(TimeSpan Elapsed, double SenderCpuSeconds, double ReceiverCpuSeconds)
{
    /// <summary>What the bytes took alone: without what a file of one byte takes.</summary>
    public CopySample Without(CopySample startUp) => new(
        Elapsed - startUp.Elapsed,
        SenderCpuSeconds - startUp.SenderCpuSeconds,
        ReceiverCpuSeconds - startUp.ReceiverCpuSeconds);
}
