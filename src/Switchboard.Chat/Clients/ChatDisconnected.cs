namespace Switchboard.Chat;

/// <summary>The connection was lost, or could not be made again.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="Error">Why.</param>
/// <param name="RetryIn">How long is waited before the next try; null if there is none.</param>
public sealed record ChatDisconnected(DateTimeOffset Time, Exception Error, TimeSpan? RetryIn) : ChatEvent(Time);
