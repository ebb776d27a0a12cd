using Switchboard.Chat.Storing;
using Switchboard.Chat.Storing.Memory;

namespace Switchboard.Chat;

/// <summary>Keeps messages and accounts as long as it lives: for tests, and for servers that shall forget.</summary>
/// <param name="limits">The defaults are in <see cref="MemoryChatStoreLimits"/>.</param>
public sealed partial class MemoryChatStore(MemoryChatStoreLimits? limits = null) : IChatStore
{
    private readonly Lock _lock = new();
    private readonly MemoryMessages _messages = new(limits ?? new());
    private readonly MemoryAccounts _accounts = new(limits ?? new());

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken = default)
    {
        var kept = StoredRules.ToKeep(messages);

        return Answer(() => _messages.Append(kept), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> ReadAsync(
        HistoryQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);

        return Answer(() => _messages.Read(query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredTalk>> ReadTalksAsync(
        TalkQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);

        return Answer(() => _messages.ReadTalks(query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> ForgetBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default) =>
        Answer(() => _messages.ForgetBefore(time), cancellationToken);

    /// <inheritdoc/>
    public Task<StoredAccount?> FindAccountAsync(string name, CancellationToken cancellationToken = default) =>
        Answer(() => _accounts.Find(name), cancellationToken);

    /// <inheritdoc/>
    public Task<StoredAccount?> FindAccountOfCertificateAsync(
        string certificate, CancellationToken cancellationToken = default) =>
        Answer(() => _accounts.FindByCertificate(certificate), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryAddAccountAsync(StoredAccount account, CancellationToken cancellationToken = default)
    {
        var kept = StoredRules.ToKeep(account);

        return Answer(() => _accounts.TryAdd(kept), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryChangeAccountAsync(
        StoredAccount known, StoredAccount changed, CancellationToken cancellationToken = default)
    {
        StoredRules.CheckChange(known, changed);

        return Answer(() => _accounts.TryChange(known, changed), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> MarkSeenAsync(
        string name, DateTimeOffset time, CancellationToken cancellationToken = default) =>
        Answer(() => _accounts.MarkSeen(name, StoredRules.ToMilliseconds(time)), cancellationToken);

    /// <summary>Forgets nothing: there is nothing to let go of.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What is refused is thrown where it is awaited, as by a database.
    private Task<T> Answer<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_lock)
        {
            try
            {
                return Task.FromResult(ask());
            }
            catch (ChatStoreException refusal)
            {
                return Task.FromException<T>(refusal);
            }
        }
    }
}
