using System.Globalization;
using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Reporting;

/// <summary>One measurement in one line.</summary>
internal static class SampleLine
{
    public static string Of(ServerKind kind, Cell cell, Sample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{kind.Name,-20} {cell,-12} {sample.CpuMicroseconds,7:F3} µs/RT (user ~{sample.UserMicroseconds,6:F3}) "
        + $"{sample.RoundTripsPerSecond,9:F0} RT/s  p50 {sample.P50.TotalMicroseconds,7:F0} µs  "
        + $"p99 {sample.P99.TotalMicroseconds,7:F0}  p99.9 {sample.P999.TotalMicroseconds,7:F0}  "
        + $"gap {sample.LongestGap.TotalMicroseconds,7:F0}");
}
