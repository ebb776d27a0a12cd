namespace Switchboard.Bench.Load.Generating;

/// <summary>What wrk says.</summary>
internal sealed record WrkResult(long Requests, TimeSpan Elapsed, TimeSpan P50, TimeSpan P99);
