namespace Switchboard.Chat;

/// <summary>
/// Where a chat server keeps what outlives it: messages and accounts. Names that reach a store are folded by the caller
/// (<c>CASEMAPPING</c>), so that equal names are equal strings. All members may be called at the same time.
/// </summary>
public interface IChatStore : IAsyncDisposable
{
    /// <summary>Keeps messages, in this order: all of them when this completes, none if it throws.</summary>
    /// <param name="messages">Their <see cref="StoredMessage.Id"/>s are new.</param>
    /// <param name="cancellationToken">Gives up waiting; whether they are kept is not known then.</param>
    /// <exception cref="ChatStoreException">The database does not take them.</exception>
    Task AppendAsync(IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>Reads messages of one talk, the oldest first.</summary>
    /// <exception cref="ChatStoreException">The database does not give them.</exception>
    Task<IReadOnlyList<StoredMessage>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>The talks that one account or room took part in between two times, each with its newest message's time.</summary>
    /// <exception cref="ChatStoreException">The database does not give them.</exception>
    Task<IReadOnlyList<StoredTalk>> ReadTalksAsync(TalkQuery query, CancellationToken cancellationToken = default);

    /// <summary>Forgets messages older than a time.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="ChatStoreException">The database does not take the order.</exception>
    Task<long> ForgetBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default);

    /// <summary>The account of a name; null if there is none.</summary>
    /// <exception cref="ChatStoreException">The database does not answer.</exception>
    Task<StoredAccount?> FindAccountAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Makes an account.</summary>
    /// <returns>False if the name is taken, also by someone who registers it at the same moment.</returns>
    /// <exception cref="ChatStoreException">The database does not take it.</exception>
    Task<bool> TryAddAccountAsync(StoredAccount account, CancellationToken cancellationToken = default);

    /// <summary>Changes an account that exists: its password, its certificate, how far it has read.</summary>
    /// <returns>False if there is none of that name.</returns>
    /// <exception cref="ChatStoreException">The database does not take it.</exception>
    Task<bool> UpdateAccountAsync(StoredAccount account, CancellationToken cancellationToken = default);
}
