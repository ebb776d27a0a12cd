namespace Switchboard.Chat;

/// <summary>A message in an outbox.</summary>
/// <param name="Number">Its number there: the first is 1, and each next is one more.</param>
/// <param name="Message">What was said.</param>
public sealed record OutgoingMessage(long Number, StoredMessage Message);
