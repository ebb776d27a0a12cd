using Switchboard.Chat.People;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>
/// Publishes over one link: first all that waits in the outbox, then what the queue brings, in its order. A message is
/// forgotten once the broker has it, so that whatever breaks in between is published again.
/// </summary>
internal sealed class LetterSender(
    World world, IChatOutbox outbox, LetterQueue queue, string run, OutboxState opened, TimeProvider clock)
{
    private const int MaxTogether = 100;

    // Known again for each link: the number up to which the broker has all.
    private long _lastSaid = opened.Last;

    public async Task SendAllAsync(IChatBrokerLink link, CancellationToken cancellationToken)
    {
        await PublishOutboxAsync(link, cancellationToken).ConfigureAwait(false);
        Begin();
        while (true)
        {
            var items = await queue.TakeAsync(MaxTogether, cancellationToken).ConfigureAwait(false);
            for (var place = 0; place < items.Count;)
            {
                place += await PublishAsync(link, items, place, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells all anew, and asks for the same.</summary>
    private void Begin()
    {
        using (world.Enter())
        {
            queue.Open();
            queue.AddOutbox();
            AddSnapshot();
            AddHello();
            queue.Add(new AskLetter(world.Server, run, null));
        }
    }

    /// <summary>Only under the world's lock: what is told next comes behind it.</summary>
    public void AddSnapshot()
    {
        foreach (var part in Snapshots.Take(world, run, queue.LastEvent))
        {
            queue.Add(part);
        }
    }

    /// <summary>Only under the world's lock. Its last number is filled in when it is published.</summary>
    public void AddHello() => queue.Add(
        new HelloLetter(world.Server, run, queue.LastEvent, opened.Id, 0, clock.GetUtcNow()));

    /// <returns>How many items were published.</returns>
    private async Task<int> PublishAsync(
        IChatBrokerLink link, IReadOnlyList<QueuedItem> items, int place, CancellationToken cancellationToken)
    {
        var first = items[place];
        if (first.IsOutbox)
        {
            await PublishOutboxAsync(link, cancellationToken).ConfigureAwait(false);
            return 1;
        }

        var events = EventsFrom(items, place);
        var letter = first.Letter switch
        {
            null => new EventsLetter(world.Server, run, first.Number, events),
            HelloLetter hello => hello with { LastSaid = _lastSaid },
            var other => other,
        };
        await link.PublishAsync(LetterText.Encode(letter), LetterLifetime.Passing, cancellationToken)
            .ConfigureAwait(false);
        return Math.Max(1, events.Count);
    }

    /// <summary>The events that follow each other from a place on.</summary>
    private static List<WorldEvent> EventsFrom(IReadOnlyList<QueuedItem> items, int place)
    {
        var events = new List<WorldEvent>();
        for (var next = place; next < items.Count && items[next].Event is { } happened; next++)
        {
            if (items[next].Number != items[place].Number + events.Count)
            {
                break;
            }

            events.Add(happened);
        }

        return events;
    }

    private async Task PublishOutboxAsync(IChatBrokerLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            var waiting = await outbox.ReadOutgoingAsync(world.Server, after: 0, MaxTogether, cancellationToken)
                .ConfigureAwait(false);
            if (waiting.Count == 0)
            {
                return;
            }

            var letter = new SaidLetter(world.Server, run, opened.Id, waiting);
            await link.PublishAsync(LetterText.Encode(letter), LetterLifetime.Lasting, cancellationToken)
                .ConfigureAwait(false);
            _lastSaid = waiting[^1].Number;
            await outbox.ForgetOutgoingAsync(world.Server, waiting[^1].Number, cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
