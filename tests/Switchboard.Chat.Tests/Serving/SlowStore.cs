using System.Collections.Concurrent;

namespace Switchboard.Chat.Tests.Serving;

/// <summary>A store that keeps when it is let, or fails.</summary>
internal sealed class SlowStore : IChatStore
{
    private readonly MemoryChatStore _inner = new();
    private readonly ConcurrentQueue<DateTimeOffset> _forgotten = new();

    /// <summary>Where messages wait to be kept.</summary>
    public Gate Keeping { get; } = new();

    /// <summary>Where messages that are kept wait to be delivered.</summary>
    public Gate Kept { get; } = new();

    /// <summary>Where those wait who ask for what was said.</summary>
    public Gate Reading { get; } = new();

    /// <summary>Where it waits to forget.</summary>
    public Gate Forgetting { get; } = new();

    public bool Fails { get; set; }

    /// <summary>The database is lost while it answers: what was to be kept may be kept.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Before which times everything was to be forgotten.</summary>
    public IReadOnlyCollection<DateTimeOffset> Forgotten => _forgotten;

    public async Task AppendAsync(IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken = default)
    {
        await Keeping.PassAsync(cancellationToken);
        if (Fails)
        {
            throw new ChatStoreException("The disk is full.", new IOException()) { MayBeKept = LosesAnswers };
        }

        await _inner.AppendAsync(messages, cancellationToken);
        await Kept.PassAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<StoredMessage>> ReadAsync(
        HistoryQuery query, CancellationToken cancellationToken = default)
    {
        await Reading.PassAsync(cancellationToken);
        return Fails
            ? throw new ChatStoreException("Gone.", new IOException())
            : await _inner.ReadAsync(query, cancellationToken);
    }

    public Task<IReadOnlyList<StoredTalk>> ReadTalksAsync(
        TalkQuery query, CancellationToken cancellationToken = default) =>
        _inner.ReadTalksAsync(query, cancellationToken);

    public async Task<long> ForgetBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        _forgotten.Enqueue(time);
        await Forgetting.PassAsync(cancellationToken);
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
