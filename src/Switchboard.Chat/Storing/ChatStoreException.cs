namespace Switchboard.Chat;

/// <summary>The database could not be opened, read or written. Says which, why, and what to do next.</summary>
/// <param name="message">What failed, why, and what helps.</param>
/// <param name="inner">What the database's driver threw; null where the store itself refuses.</param>
public sealed class ChatStoreException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>
    /// True if the database was lost while it answered: what was to be changed may be changed. Otherwise nothing is.
    /// </summary>
    public bool MayBeKept { get; init; }
}
