namespace Switchboard;

/// <summary>How a stop went.</summary>
/// <param name="Finished">Connections whose handlers ended, well or not, and that were closed in time.</param>
/// <param name="Aborted">Connections that were reset when the time was up.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record DrainResult(int Finished, int Aborted, TimeSpan Elapsed);
