using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>
/// Keeps what was said on other servers, each message once, and hands it out. Numbers tell what came before, and what
/// is missing: that is shown in every talk, because nobody knows in which it was. One caller at a time.
/// </summary>
internal sealed class HeardMessages(World world, IChatOutbox store, ChatOptions options)
{
    // Of talks in which a gap is shown; older ones than these are not likely to have been in it.
    private const int MaxTalksWithGap = 1_000;

    private readonly Dictionary<string, HeardServer> _heard = [];

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var heard in await store.ReadHeardAsync(world.Server, cancellationToken).ConfigureAwait(false))
        {
            _heard[heard.Name] = heard;
        }
    }

    public async Task TakeAsync(SaidLetter letter, CancellationToken cancellationToken)
    {
        var known = Known(letter.From, letter.Outbox, letter.Messages[0].Number - 1);
        var fresh = letter.Messages.Where(each => each.Number > known.Last).ToList();
        if (fresh.Count == 0)
        {
            return;
        }

        var heard = known with { Last = fresh[^1].Number, Time = fresh[^1].Message.Time };
        var gapEnd = GapEnd(known, fresh);
        var gaps = gapEnd is { } end
            ? await DescribeAsync(known, end, cancellationToken).ConfigureAwait(false)
            : [];
        await KeepAsync(heard, [.. gaps, .. fresh.Select(each => each.Message)], cancellationToken)
            .ConfigureAwait(false);
        using (world.Enter())
        {
            ShowGap(gaps);
            fresh.ForEach(each => Deliver(each.Message));
        }
    }

    public async Task TakeAsync(HelloLetter letter, CancellationToken cancellationToken)
    {
        var isNew = !_heard.ContainsKey(letter.From);
        var known = Known(letter.From, letter.Outbox, letter.LastSaid);
        var heard = known with { Last = Math.Max(known.Last, letter.LastSaid), Time = letter.Time };
        if (letter.LastSaid > known.Last)
        {
            var gaps = await DescribeAsync(known, letter.Time, cancellationToken).ConfigureAwait(false);
            await KeepAsync(heard, gaps, cancellationToken).ConfigureAwait(false);
            using (world.Enter())
            {
                ShowGap(gaps);
            }
        }
        else if (isNew || known != _heard[letter.From] with { Time = known.Time })
        {
            await KeepAsync(heard, [], cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // Nothing that has to be written down each time: only until when nothing is missing.
            _heard[letter.From] = heard;
        }
    }

    /// <summary>How far a server was heard in this outbox: one never heard of begins with what it says first.</summary>
    private HeardServer Known(string from, string outbox, long lastBefore) => !_heard.TryGetValue(from, out var known)
        ? new HeardServer(from, outbox, lastBefore, options.TimeProvider.GetUtcNow())
        : known.Outbox == outbox ? known : known with { Outbox = outbox, Last = 0 };

    /// <summary>When the last message was said before which some are missing; null if none are.</summary>
    private static DateTimeOffset? GapEnd(HeardServer known, List<OutgoingMessage> fresh)
    {
        DateTimeOffset? end = null;
        var last = known.Last;
        foreach (var each in fresh)
        {
            end = each.Number == last + 1 ? end : each.Message.Time;
            last = each.Number;
        }

        return end;
    }

    private async Task KeepAsync(
        HeardServer heard, IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken)
    {
        await store.AppendHeardAsync(world.Server, heard, messages, cancellationToken).ConfigureAwait(false);
        _heard[heard.Name] = heard;
    }

    /// <summary>A line for each talk that may have been in the gap.</summary>
    private async Task<IReadOnlyList<StoredMessage>> DescribeAsync(
        HeardServer known, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var kept = await store.ReadNewestTalksAsync(MaxTalksWithGap, cancellationToken).ConfigureAwait(false);
        var begin = known.Time < end ? known.Time : end;
        var text = $"Messages of {known.Name} between {Outgoing.TimeText(begin)} and {Outgoing.TimeText(end)} "
            + "may be missing";
        List<string> talks;
        using (world.Enter())
        {
            var rooms = world.Rooms.Where(HasLocalMembers).Select(each => TalkName.OfRoom(each.Folded));
            talks = [.. rooms.Concat(kept.Select(each => each.Talk)).Distinct()];
        }

        options.Observer?.MessagesMissing(known.Name, begin, end);
        return [.. talks.Select((talk, place) => GapLine(talk, end, text, place))];
    }

    private StoredMessage GapLine(string talk, DateTimeOffset time, string text, int place)
    {
        var target = talk.StartsWith(NameRules.RoomMark) ? talk : "*";
        return new StoredMessage(
            $"{time.ToUnixTimeMilliseconds():x12}{place:x6}-gap-{Guid.NewGuid():N}",
            time, talk, world.Server, Account: null, "NOTICE", target, text);
    }

    private void ShowGap(IReadOnlyList<StoredMessage> gaps)
    {
        foreach (var gap in gaps)
        {
            if (world.FindRoom(gap.Talk) is { } room)
            {
                room.Tell(HistoryLine.Of(gap));
            }
        }

        // Private talks may be in it as well.
        if (gaps is [var any, ..])
        {
            world.Announce(any.Time, any.Text);
        }
    }

    private static bool HasLocalMembers(Room room)
    {
        foreach (var person in room.Members.Keys)
        {
            if (person.Client is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void Deliver(StoredMessage message)
    {
        var outgoing = HistoryLine.Of(message);
        if (message.Talk.StartsWith(NameRules.RoomMark))
        {
            world.FindRoom(message.Talk)?.Tell(outgoing);
            return;
        }

        foreach (var person in world.FindAccount(ReceiverOf(message)))
        {
            person.Client?.DeliverPrivately(outgoing);
        }
    }

    /// <summary>The account of the two that did not say it.</summary>
    private static string ReceiverOf(StoredMessage message)
    {
        var sender = CaseMapping.Fold(message.Account ?? "");
        return TalkName.MembersOf(message.Talk).FirstOrDefault(each => each != sender) ?? sender;
    }
}
