using System.Security.Cryptography;

namespace Switchboard.Chat.Storing.Memory;

/// <summary>One server's outbox, and what it has heard of others. Its owner locks.</summary>
internal sealed class MemoryOutbox
{
    private readonly string _id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly Queue<OutgoingMessage> _waiting = new();
    private readonly Dictionary<string, HeardServer> _heard = [];
    private long _last;

    public OutboxState State => new(_id, _last);

    public IReadOnlyList<HeardServer> Heard => [.. _heard.Values];

    public int Append(IReadOnlyList<StoredMessage> messages, int maxWaiting)
    {
        foreach (var message in messages)
        {
            _waiting.Enqueue(new OutgoingMessage(++_last, message));
        }

        return Forget(_last - maxWaiting);
    }

    public IReadOnlyList<OutgoingMessage> Read(long after, int limit) =>
        [.. _waiting.Where(each => each.Number > after).Take(limit)];

    public int Forget(long upTo)
    {
        var forgotten = 0;
        for (; _waiting.TryPeek(out var oldest) && oldest.Number <= upTo; forgotten++)
        {
            _waiting.Dequeue();
        }

        return forgotten;
    }

    public void NoteHeard(HeardServer heard) =>
        _heard[heard.Name] = heard with { Time = StoredRules.ToMilliseconds(heard.Time) };
}
