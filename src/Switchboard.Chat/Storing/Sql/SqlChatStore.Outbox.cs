using System.Security.Cryptography;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>What it keeps for a chat of several servers.</summary>
internal sealed partial class SqlChatStore : IChatOutbox
{
    public Task<OutboxState> OpenOutboxAsync(string server, CancellationToken cancellationToken = default)
    {
        StoredRules.CheckServer(server);
        var id = NewOutboxId();

        return WriteAsync("open an outbox", desk => SqlOutbox.Open(desk, server, id), cancellationToken);
    }

    public async Task AppendOutgoingAsync(
        string server,
        IReadOnlyList<StoredMessage> messages,
        int maxWaiting,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWaiting, 1);
        StoredRules.CheckServer(server);
        if (messages.Count > 0)
        {
            var kept = StoredRules.ToKeep(messages);
            await WriteAsync(
                "keep messages", desk => SqlOutbox.Append(desk, server, kept, maxWaiting), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public Task<IReadOnlyList<OutgoingMessage>> ReadOutgoingAsync(
        string server, long after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        StoredRules.CheckServer(server);

        return AskAsync("read an outbox", desk => SqlOutbox.Read(desk, server, after, limit), cancellationToken);
    }

    public Task ForgetOutgoingAsync(string server, long upTo, CancellationToken cancellationToken = default)
    {
        StoredRules.CheckServer(server);

        return WriteAsync("empty an outbox", desk => SqlOutbox.Forget(desk, server, upTo), cancellationToken);
    }

    public Task<IReadOnlyList<HeardServer>> ReadHeardAsync(
        string server, CancellationToken cancellationToken = default)
    {
        StoredRules.CheckServer(server);

        return AskAsync("read what was heard", desk => SqlOutbox.ReadHeard(desk, server), cancellationToken);
    }

    public Task AppendHeardAsync(
        string server,
        HeardServer heard,
        IReadOnlyList<StoredMessage> messages,
        CancellationToken cancellationToken = default)
    {
        StoredRules.CheckServer(server);
        StoredRules.CheckServer(heard.Name);
        var kept = StoredRules.ToKeep(messages);

        return WriteAsync(
            "keep messages", desk => SqlOutbox.AppendHeard(desk, server, heard, kept), cancellationToken);
    }

    public Task<IReadOnlyList<StoredTalk>> ReadNewestTalksAsync(
        int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);

        return AskAsync("read talks", desk => SqlOutbox.ReadNewestTalks(desk, limit), cancellationToken);
    }

    private static string NewOutboxId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
