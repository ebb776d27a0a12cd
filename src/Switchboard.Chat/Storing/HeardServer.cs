namespace Switchboard.Chat;

/// <summary>How far another server was heard.</summary>
/// <param name="Name">Under which the other servers of the chat know it.</param>
/// <param name="Outbox">See <see cref="OutboxState.Id"/>.</param>
/// <param name="Last">The number in that outbox of the last message that came from it.</param>
/// <param name="Time">When it was last known that nothing is missing up to that number, to the millisecond.</param>
public sealed record HeardServer(string Name, string Outbox, long Last, DateTimeOffset Time);
