namespace Switchboard.Chat;

/// <summary>The database could not be opened, read or written. Says which, and what the database said.</summary>
/// <param name="message">What failed, and why.</param>
/// <param name="inner">What the database's driver threw.</param>
public sealed class ChatStoreException(string message, Exception inner) : IOException(message, inner);
