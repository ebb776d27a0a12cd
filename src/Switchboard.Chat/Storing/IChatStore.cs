namespace Switchboard.Chat;

/// <summary>
/// Where a chat server keeps what outlives it: messages and accounts. Names that reach a store are folded by the caller
/// (<c>CASEMAPPING</c>), so that equal names are equal strings. All members may be called at the same time, and none
/// keeps the calling thread: the database works on threads of its own.
/// </summary>
/// <remarks>
/// Text is Unicode without NUL and without halves of surrogate pairs. To keep anything else, or names past the limits
/// of <see cref="StoredMessage"/> and <see cref="StoredAccount"/>, is an <see cref="ArgumentException"/>; to ask for it
/// finds nothing.
/// </remarks>
public interface IChatStore : IAsyncDisposable
{
    /// <summary>Keeps messages: all of them when this completes, none if it throws.</summary>
    /// <param name="messages">Their <see cref="StoredMessage.Id"/>s are new.</param>
    /// <param name="cancellationToken">Gives up waiting; whether they are kept is not known then.</param>
    /// <exception cref="ChatStoreException">
    /// The database does not take them, or one of the ids is kept already. <see cref="ChatStoreException.MayBeKept"/>
    /// is the one case in which they may be kept all the same, all or none.
    /// </exception>
    Task AppendAsync(IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>Reads messages of one talk, the oldest first; those of one time by their ids.</summary>
    /// <exception cref="ChatStoreException">The database does not give them.</exception>
    Task<IReadOnlyList<StoredMessage>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Talks that were last heard of between two times; those that fell silent first come first.</summary>
    /// <exception cref="ChatStoreException">The database does not give them.</exception>
    Task<IReadOnlyList<StoredTalk>> ReadTalksAsync(TalkQuery query, CancellationToken cancellationToken = default);

    /// <summary>Forgets messages older than a time, a piece at a time, so that others are kept meanwhile.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="ChatStoreException">The database does not take it; earlier pieces are forgotten.</exception>
    Task<long> ForgetBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default);

    /// <summary>The account of a name; null if there is none.</summary>
    /// <exception cref="ChatStoreException">The database does not answer.</exception>
    Task<StoredAccount?> FindAccountAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The account that a certificate signs in to, of several the oldest; null if none.</summary>
    /// <param name="certificate">As in <see cref="StoredAccount.Certificate"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ChatStoreException">The database does not answer.</exception>
    Task<StoredAccount?> FindAccountOfCertificateAsync(
        string certificate, CancellationToken cancellationToken = default);

    /// <summary>Makes an account.</summary>
    /// <returns>False if the name is taken, also by someone who registers it at the same moment.</returns>
    /// <exception cref="ChatStoreException">The database does not take it.</exception>
    Task<bool> TryAddAccountAsync(StoredAccount account, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes how an account is shown, its password and its certificate, if they are still what they were. Otherwise a
    /// password that grows a new cost would bring back one that its owner has changed in the same moment.
    /// </summary>
    /// <param name="known">The account as it was read.</param>
    /// <param name="changed">The same account as it becomes; when it was made and seen is left alone.</param>
    /// <param name="cancellationToken">Gives up waiting; whether it is changed is not known then.</param>
    /// <returns>False if there is none of that name, or it has changed since it was read.</returns>
    /// <exception cref="ChatStoreException">The database does not take it.</exception>
    Task<bool> TryChangeAccountAsync(
        StoredAccount known, StoredAccount changed, CancellationToken cancellationToken = default);

    /// <summary>Keeps when an account was seen last; a time before the one that is kept changes nothing.</summary>
    /// <returns>False if there is none of that name.</returns>
    /// <exception cref="ChatStoreException">The database does not take it.</exception>
    Task<bool> MarkSeenAsync(string name, DateTimeOffset time, CancellationToken cancellationToken = default);
}
