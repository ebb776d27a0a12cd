namespace Switchboard.Bench.Load.Measuring;

/// <summary>One relay, once.</summary>
/// <param name="Bytes">What came out of it.</param>
/// <param name="Elapsed">While it was measured.</param>
/// <param name="Cpu">Of the relay.</param>
internal sealed record RelaySample(long Bytes, TimeSpan Elapsed, CpuTime Cpu)
{
    private const double BytesPerGibibyte = 1024.0 * 1024 * 1024;

    public double CpuSecondsPerGibibyte => Cpu.Nanoseconds / 1e9 / (Bytes / BytesPerGibibyte);

    public double GibibytesPerSecond => Bytes / BytesPerGibibyte / Elapsed.TotalSeconds;
}
