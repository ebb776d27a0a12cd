namespace Switchboard.Chat.Tests.Serving;

/// <summary>A store that keeps when it is let, or fails.</summary>
internal sealed class SlowStore : IChatStore
{
    private readonly MemoryChatStore _inner = new();
    private TaskCompletionSource _held = new();

    public SlowStore() => _held.SetResult();

    public bool Fails { get; set; }

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _held.SetResult();

    public async Task AppendAsync(IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken = default)
    {
        await _held.Task;
        if (Fails)
        {
            throw new ChatStoreException("The disk is full.", new IOException());
        }

        await _inner.AppendAsync(messages, cancellationToken);
    }

    public Task<IReadOnlyList<StoredMessage>> ReadAsync(
        HistoryQuery query, CancellationToken cancellationToken = default) =>
        _inner.ReadAsync(query, cancellationToken);

    public Task<IReadOnlyList<StoredTalk>> ReadTalksAsync(
        TalkQuery query, CancellationToken cancellationToken = default) =>
        _inner.ReadTalksAsync(query, cancellationToken);

    public Task<long> ForgetBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default) =>
        _inner.ForgetBeforeAsync(time, cancellationToken);

    public Task<StoredAccount?> FindAccountAsync(string name, CancellationToken cancellationToken = default) =>
        Fails
            ? throw new ChatStoreException("Gone.", new IOException())
            : _inner.FindAccountAsync(name, cancellationToken);

    public Task<StoredAccount?> FindAccountOfCertificateAsync(
        string certificate, CancellationToken cancellationToken = default) =>
        _inner.FindAccountOfCertificateAsync(certificate, cancellationToken);

    public Task<bool> TryAddAccountAsync(StoredAccount account, CancellationToken cancellationToken = default) =>
        _inner.TryAddAccountAsync(account, cancellationToken);

    public Task<bool> TryChangeAccountAsync(
        StoredAccount known, StoredAccount changed, CancellationToken cancellationToken = default) =>
        _inner.TryChangeAccountAsync(known, changed, cancellationToken);

    public Task<bool> MarkSeenAsync(string name, DateTimeOffset time, CancellationToken cancellationToken = default) =>
        _inner.MarkSeenAsync(name, time, cancellationToken);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
