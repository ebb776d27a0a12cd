using System.Globalization;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Accounts;

/// <summary>Private messages that came while nobody was signed in to their account.</summary>
internal sealed class WaitingMessages(IChatStore store, AccountBook accounts, ChatLimits limits)
{
    // More people than this who wrote at once are found in the history.
    private const int MaxTalks = 100;

    // Of people who said more than is handed over, in one line.
    private const int MaxNamed = 5;

    /// <summary>
    /// Hands over what the account has missed since it was last seen, says where the rest is if that is not all, and
    /// notes that it has.
    /// </summary>
    /// <param name="client">Who has signed in to the account.</param>
    /// <param name="account">The account as it was before.</param>
    /// <param name="now">All that was said until then is kept; whatever is said later is of a later time.</param>
    /// <param name="cancellationToken">Gives up waiting for the store.</param>
    public async Task HandOverAsync(
        Client client, StoredAccount account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = account.LastSeen ?? account.Created;
        var talks = await store.ReadTalksAsync(
            new TalkQuery(account.Name, [], since, DateTimeOffset.MaxValue, MaxTalks + 1), cancellationToken)
            .ConfigureAwait(false);
        var left = limits.MaxWaitingMessages;
        var unfinished = new List<string>();
        foreach (var talk in talks)
        {
            // One more than is left, to know whether that is all.
            var query = new HistoryQuery(talk.Talk, left + 1) { After = HistoryPlace.OfTime(since) };
            var messages = await store.ReadAsync(query, cancellationToken).ConfigureAwait(false);
            var missed = messages.Where(each => !IsFrom(account, each)).ToList();
            if (missed.Count > left)
            {
                unfinished.Add(missed[^1].Account!);
            }

            HandOver(client, missed.TakeLast(left));
            now = missed.Count > 0 && missed[^1].Time > now ? missed[^1].Time : now;
            left = Math.Max(0, left - missed.Count);
        }

        if (unfinished.Count > 0 || talks.Count > MaxTalks)
        {
            SayThereIsMore(client, unfinished, talks.Count > MaxTalks);
        }

        await accounts.MarkSeenAsync(account.Name, now, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsFrom(StoredAccount account, StoredMessage message) =>
        message.Account is { } sender && CaseMapping.Same(sender, account.Name);

    private static void HandOver(Client client, IEnumerable<StoredMessage> messages)
    {
        foreach (var message in messages)
        {
            // Who has no tag for the time is told it in the text.
            var text = client.Has(Capabilities.ServerTime)
                ? message.Text
                : message.Time.ToString("'['yyyy-MM-dd HH:mm' UTC] '", CultureInfo.InvariantCulture) + message.Text;
            client.Send(HistoryLine.Of(message, text).For(client.Capabilities));
        }
    }

    private void SayThereIsMore(Client client, List<string> people, bool areOthers)
    {
        var names = string.Join(", ", people.Take(MaxNamed));
        var others = areOthers || people.Count > MaxNamed ? names.Length > 0 ? " and others" : "others" : "";
        client.AnswerStandard(
            "NOTE", "CHATHISTORY", "MORE_WAITING",
            $"There is more from {names}{others}: CHATHISTORY LATEST {people.FirstOrDefault("nick")} * "
            + $"{limits.MaxHistory} reads it, and CHATHISTORY TARGETS names everybody");
    }
}
