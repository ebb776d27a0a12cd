using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Generating;

/// <summary>What came back.</summary>
/// <param name="RoundTrips">Messages whose echo is whole.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Latencies">From when a message was due to when its echo was whole; valid until the next run.</param>
/// <param name="LongestGap">The longest time without any echo.</param>
internal sealed record EchoCount(long RoundTrips, TimeSpan Elapsed, LatencyHistogram Latencies, TimeSpan LongestGap);
