namespace Switchboard.Chat;

/// <summary>A gap: events were dropped, because too many waited to be received.</summary>
/// <param name="Time">When it was noticed.</param>
/// <param name="Count">How many are missing here.</param>
public sealed record ChatSkipped(DateTimeOffset Time, long Count) : ChatEvent(Time);
