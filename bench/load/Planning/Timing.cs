namespace Switchboard.Bench.Load.Planning;

/// <summary>How long a load runs.</summary>
/// <param name="WarmUp">Before anything counts.</param>
/// <param name="Measured">While it counts.</param>
internal sealed record Timing(TimeSpan WarmUp, TimeSpan Measured);
