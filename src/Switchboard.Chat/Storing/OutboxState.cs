namespace Switchboard.Chat;

/// <summary>A server's outbox.</summary>
/// <param name="Id">Chosen by chance when it was made: numbers of different outboxes do not compare.</param>
/// <param name="Last">The number of the message that came into it last; 0 if none has.</param>
public sealed record OutboxState(string Id, long Last);
