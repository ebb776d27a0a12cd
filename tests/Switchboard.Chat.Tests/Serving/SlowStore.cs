using System.Collections.Concurrent;

namespace Switchboard.Chat.Tests.Serving;

/// <summary>A store that keeps when it is let, or fails.</summary>
internal sealed class SlowStore : IChatStore
{
    private readonly MemoryChatStore _inner = new();
    private readonly ConcurrentQueue<DateTimeOffset> _forgotten = new();
    private int _appends;
    private TaskCompletionSource _held = new();
    private TaskCompletionSource _forgetting = new();

    public SlowStore()
    {
        _held.SetResult();
        _forgetting.SetResult();
    }

    /// <summary>How many groups were to be kept, one way or the other.</summary>
    public int Appends => Volatile.Read(ref _appends);

    public bool Fails { get; set; }

    /// <summary>The database is lost while it answers: what was to be kept may be kept.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Before which times everything was to be forgotten.</summary>
    public IReadOnlyCollection<DateTimeOffset> Forgotten => _forgotten;

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _held.SetResult();

    public void HoldForgetting() =>
        _forgetting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetForget() => _forgetting.SetResult();

    public async Task AppendAsync(IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _appends);
        await _held.Task;
        if (Fails)
        {
            throw new ChatStoreException("The disk is full.", new IOException()) { MayBeKept = LosesAnswers };
        }

        await _inner.AppendAsync(messages, cancellationToken);
    }

    public Task<IReadOnlyList<StoredMessage>> ReadAsync(
        HistoryQuery query, CancellationToken cancellationToken = default) =>
        _inner.ReadAsync(query, cancellationToken);

    public Task<IReadOnlyList<StoredTalk>> ReadTalksAsync(
        TalkQuery query, CancellationToken cancellationToken = default) =>
        _inner.ReadTalksAsync(query, cancellationToken);

    public async Task<long> ForgetBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        _forgotten.Enqueue(time);
        await _forgetting.Task.WaitAsync(cancellationToken);
        return await _inner.ForgetBeforeAsync(time, cancellationToken);
    }

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
