using Switchboard.Chat.Storing;
using Switchboard.Chat.Storing.Memory;

namespace Switchboard.Chat;

/// <summary>What it keeps for a chat of several servers.</summary>
public sealed partial class MemoryChatStore : IChatOutbox
{
    private readonly Dictionary<string, MemoryOutbox> _outboxes = [];

    /// <inheritdoc/>
    public Task<OutboxState> OpenOutboxAsync(string server, CancellationToken cancellationToken = default)
    {
        StoredRules.CheckServer(server);

        return Answer(() => OutboxOf(server).State, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AppendOutgoingAsync(
        string server,
        IReadOnlyList<StoredMessage> messages,
        int maxWaiting,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWaiting, 1);
        StoredRules.CheckServer(server);
        var kept = StoredRules.ToKeep(messages);

        return Answer(
            () =>
            {
                _messages.Append(kept);
                return OutboxOf(server).Append(kept, maxWaiting);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutgoingMessage>> ReadOutgoingAsync(
        string server, long after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        StoredRules.CheckServer(server);

        return Answer<IReadOnlyList<OutgoingMessage>>(
            () => [.. OutboxOf(server).Read(after, limit).Where(each => _messages.Has(each.Message.Id))],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ForgetOutgoingAsync(string server, long upTo, CancellationToken cancellationToken = default)
    {
        StoredRules.CheckServer(server);

        return Answer(() => OutboxOf(server).Forget(upTo), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HeardServer>> ReadHeardAsync(
        string server, CancellationToken cancellationToken = default)
    {
        StoredRules.CheckServer(server);

        return Answer(() => OutboxOf(server).Heard, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AppendHeardAsync(
        string server,
        HeardServer heard,
        IReadOnlyList<StoredMessage> messages,
        CancellationToken cancellationToken = default)
    {
        StoredRules.CheckServer(server);
        StoredRules.CheckServer(heard.Name);
        var kept = StoredRules.ToKeep(messages);

        return Answer(
            () =>
            {
                OutboxOf(server).NoteHeard(heard);
                return _messages.Append(
                    [.. kept.Where(each => !_messages.Has(each.Id)).DistinctBy(each => each.Id)]);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredTalk>> ReadNewestTalksAsync(
        int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);

        return Answer(() => _messages.ReadNewestTalks(limit), cancellationToken);
    }

    private MemoryOutbox OutboxOf(string server)
    {
        if (!_outboxes.TryGetValue(server, out var outbox))
        {
            _outboxes.Add(server, outbox = new MemoryOutbox());
        }

        return outbox;
    }
}
