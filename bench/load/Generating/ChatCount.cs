using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Generating;

/// <summary>What became of the messages of one measurement.</summary>
/// <param name="Deliveries">Those that reached a member.</param>
/// <param name="Lost">Those that did not.</param>
/// <param name="Doubled">Those that came again, or behind a later one of the same sender.</param>
/// <param name="Elapsed">From the first message until the last delivery.</param>
/// <param name="Times">From speaking to hearing.</param>
internal sealed record ChatCount(long Deliveries, long Lost, long Doubled, TimeSpan Elapsed, LatencyHistogram Times);
