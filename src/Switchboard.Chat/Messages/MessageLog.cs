using Switchboard.Chat.Delivery;
using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Servers;

namespace Switchboard.Chat.Messages;

/// <summary>
/// Gives every message its place, keeps it, and only then hands it to its receivers and tells its sender. Whoever
/// takes the first message becomes the writer and goes on while others bring more; what they bring meanwhile is kept
/// together. Invariants: there is one writer at most; messages are kept and delivered in the order of their ids.
/// </summary>
internal sealed class MessageLog(World world, IChatStore store, TimeProvider clock, ChatObserver? observer)
{
    // What is kept in one go; more would let the first of them wait too long.
    private const int MaxGroup = 512;

    private readonly Lock _lock = new();
    private readonly MessageIds _ids = new(clock);
    private readonly Queue<TakenMessage> _waiting = new();
    private readonly List<TakenMessage> _group = [];
    private OtherServers? _others;
    private bool _isWriting;
    private TakenMessage? _last;

    /// <summary>From now on others are given what is said here. To be called before the first message.</summary>
    public void ShareWith(OtherServers others) => _others = others;

    /// <summary>Takes a message: its place is behind all that were taken before.</summary>
    /// <returns>What tells when it is delivered.</returns>
    public TakenMessage Take(MessageDraft draft)
    {
        TakenMessage taken;
        bool writes;
        lock (_lock)
        {
            var (id, time) = _ids.Next();
            taken = new TakenMessage(draft, id, time);
            _waiting.Enqueue(taken);
            _last = taken;
            writes = !_isWriting;
            _isWriting = true;
        }

        if (writes)
        {
            _ = WriteAllAsync();
        }

        return taken;
    }

    /// <summary>Waits until everything that is taken by now is delivered, or has failed.</summary>
    /// <returns>A time: all of that is of it or earlier, and whatever is taken from now on is later.</returns>
    public async Task<DateTimeOffset> WaitForTakenAsync()
    {
        DateTimeOffset time;
        Task delivered;
        lock (_lock)
        {
            time = _ids.Close();
            delivered = _last?.Delivered ?? Task.CompletedTask;
        }

        await delivered.ConfigureAwait(false);
        return time;
    }

    private async Task WriteAllAsync()
    {
        while (TryTakeGroup())
        {
            if (await KeepAsync().ConfigureAwait(false) is { } error)
            {
                Refuse(error);
            }
            else
            {
                Deliver();
            }

            _group.Clear();
        }
    }

    private bool TryTakeGroup()
    {
        lock (_lock)
        {
            while (_group.Count < MaxGroup && _waiting.TryDequeue(out var taken))
            {
                _group.Add(taken);
            }

            _isWriting = _group.Count > 0;
            return _isWriting;
        }
    }

    /// <summary>Keeps the group, or gives what the store threw.</summary>
    private async ValueTask<Exception?> KeepAsync()
    {
        var kept = new List<StoredMessage>(_group.Count);
        foreach (var taken in _group)
        {
            if (taken.Draft.Talk is not null)
            {
                kept.Add(taken.Stored);
            }
        }

        if (kept.Count == 0)
        {
            return null;
        }

        try
        {
            await (_others?.KeepAsync(kept) ?? store.AppendAsync(kept)).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Whatever a store throws, the chat goes on, and those who spoke are told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            observer?.StoreFailed(error);
            return error;
        }
    }

    private void Deliver()
    {
        using (world.Enter())
        {
            foreach (var taken in _group)
            {
                Deliver(taken);
                Share(taken);
            }
        }

        _group.ForEach(each => each.Complete());
    }

    private void Refuse(Exception error)
    {
        var reason = error is ChatStoreException { MayBeKept: true }
            ? "Nobody got the message, and whether it was kept is not known; try again later"
            : "The message could not be kept, and nobody got it; try again later";
        foreach (var taken in _group)
        {
            var draft = taken.Draft;
            draft.Sender.Client?.RefuseMessage(draft.Command, draft.Target, draft.Label, reason);
            taken.Fail();
        }
    }

    private void Deliver(TakenMessage taken)
    {
        var draft = taken.Draft;
        var outgoing = taken.ToOutgoing();
        if (draft.Room is { } room)
        {
            var when = room.Pace.Next();
            foreach (var person in room.Members.Keys)
            {
                Deliver(outgoing, person, draft, when);
            }
        }

        foreach (var person in draft.Receivers)
        {
            DeliverPrivately(outgoing, person, draft);
        }

        if (draft.Sender.Client is { } sender)
        {
            Acknowledge(taken, outgoing, sender);
        }
    }

    private void DeliverPrivately(Outgoing outgoing, Person person, MessageDraft draft)
    {
        if (!world.TryFindPerson(person.Id, out _))
        {
            person.MissedPrivately ??= outgoing.Time;
        }
        else if (Reaches(draft, person) is { } client)
        {
            client.DeliverPrivately(outgoing);
        }
    }

    private static void Deliver(Outgoing outgoing, Person person, MessageDraft draft, DeliveryTime when) =>
        Reaches(draft, person)?.Deliver(outgoing, when);

    /// <summary>
    /// The client that is sent it; null for the sender, for who is elsewhere, and for who cannot read such messages.
    /// </summary>
    private static Client? Reaches(MessageDraft draft, Person person) =>
        person != draft.Sender && person.Client is { } client && client.Has(draft.Needed) ? client : null;

    /// <summary>What is kept goes out in the order of the outbox, and the rest as something that happens.</summary>
    private void Share(TakenMessage taken)
    {
        var draft = taken.Draft;
        if (draft.Talk is not null)
        {
            _others?.NoteKept();
            return;
        }

        var elsewhere = draft.Receivers.Where(each => each.Client is null).Select(each => each.Id).ToList();
        if (elsewhere.Count > 0 || draft.Room is not null)
        {
            world.Shared?.Invoke(new MessagePassed(elsewhere, draft.Room?.Folded, taken.Stored));
        }
    }

    /// <summary>Who speaks to itself gets the message as a receiver, and as its echo.</summary>
    private static void Acknowledge(TakenMessage taken, Outgoing outgoing, Client sender)
    {
        var (draft, label) = (taken.Draft, taken.Draft.Label);
        if (draft.Receivers.Contains(draft.Sender))
        {
            sender.Deliver(outgoing);
        }

        if (sender.Has(Capabilities.EchoMessage | draft.Needed))
        {
            sender.Send(label is null
                ? outgoing.For(sender.Capabilities)
                : outgoing.For(sender.Capabilities, LabeledAnswer.Tag(label)));
        }
        else if (label is not null)
        {
            sender.Acknowledge(label);
        }
    }
}
