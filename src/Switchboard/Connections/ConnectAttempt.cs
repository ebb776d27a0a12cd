namespace Switchboard;

/// <summary>One address that a connect tried.</summary>
/// <param name="Remote">The address.</param>
/// <param name="Elapsed">How long the attempt took.</param>
/// <param name="Error">Why it failed; null when another address answered first or the time was up.</param>
public sealed record ConnectAttempt(Endpoint Remote, TimeSpan Elapsed, Exception? Error);
