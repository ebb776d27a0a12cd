namespace Switchboard.Chat;

/// <summary>
/// What a store keeps besides for a server that shares its chat with others: which of its messages the others have yet
/// to be given, and how far it has heard each of them. Several servers may share one store; each names itself.
/// </summary>
public interface IChatOutbox
{
    /// <summary>The server's outbox, made empty where there is none.</summary>
    /// <exception cref="ChatStoreException">The database does not give it.</exception>
    Task<OutboxState> OpenOutboxAsync(string server, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps messages as <see cref="IChatStore.AppendAsync"/> does, and in the same transaction gives them the next
    /// numbers of the server's outbox, in their order. Where more than so many wait in it then, the oldest are
    /// forgotten, in the outbox alone.
    /// </summary>
    /// <exception cref="ChatStoreException">As with <see cref="IChatStore.AppendAsync"/>.</exception>
    Task AppendOutgoingAsync(
        string server,
        IReadOnlyList<StoredMessage> messages,
        int maxWaiting,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// The first messages of the server's outbox behind a number, in their order. One that history has forgotten is
    /// passed over: its number is missing.
    /// </summary>
    /// <exception cref="ChatStoreException">The database does not give them.</exception>
    Task<IReadOnlyList<OutgoingMessage>> ReadOutgoingAsync(
        string server, long after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Takes what has this number, or an earlier one, out of the server's outbox; history keeps it.</summary>
    /// <exception cref="ChatStoreException">The database does not take it.</exception>
    Task ForgetOutgoingAsync(string server, long upTo, CancellationToken cancellationToken = default);

    /// <summary>How far the server has heard each of the others.</summary>
    /// <exception cref="ChatStoreException">The database does not give it.</exception>
    Task<IReadOnlyList<HeardServer>> ReadHeardAsync(string server, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps messages of another server, and in the same transaction how far that one is heard now. A message whose id
    /// is kept already stays as it is: both servers may share the store.
    /// </summary>
    /// <exception cref="ChatStoreException">The database does not take it; nothing is kept then.</exception>
    Task AppendHeardAsync(
        string server,
        HeardServer heard,
        IReadOnlyList<StoredMessage> messages,
        CancellationToken cancellationToken = default);

    /// <summary>The talks in which something was said last, the newest first.</summary>
    /// <exception cref="ChatStoreException">The database does not give them.</exception>
    Task<IReadOnlyList<StoredTalk>> ReadNewestTalksAsync(int limit, CancellationToken cancellationToken = default);
}
