using System.Globalization;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.Messages;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Accounts;

/// <summary>Private messages that came while nobody was signed in to their account.</summary>
internal sealed class WaitingMessages(
    World world, MessageLog log, IChatStore store, AccountBook accounts, ChatLimits limits)
{
    // More people than this who wrote at once are found in the history.
    private const int MaxTalks = 100;

    // Of people who said more than is handed over, in one line.
    private const int MaxNamed = 5;

    /// <summary>
    /// Hands over what the account has missed since it was last seen, says where the rest is if that is not all, and
    /// notes that it has. What came to the client since it has signed in comes behind that, and nothing twice.
    /// </summary>
    /// <param name="client">Who has signed in to the account.</param>
    /// <param name="person">Who the client is.</param>
    /// <param name="name">The account.</param>
    /// <param name="cancellationToken">Gives up waiting for the store.</param>
    public async Task HandOverAsync(Client client, Person person, string name, CancellationToken cancellationToken)
    {
        var given = new HashSet<string>();
        DateTimeOffset? seen = null;
        try
        {
            // What was taken while the account was away, and is not kept yet, must not be passed over.
            var now = await log.WaitForTakenAsync().ConfigureAwait(false);
            if (await accounts.FindAsync(name, cancellationToken).ConfigureAwait(false) is { } account)
            {
                seen = await HandOverAsync(client, account, now, given, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            using (world.Enter())
            {
                // What was not read waits for the next time, whatever is heard meanwhile.
                person.MissedPrivately ??= seen is null ? DateTimeOffset.UnixEpoch.AddMilliseconds(1) : null;
                client.EndHandOver(given);
            }
        }

        if (seen is { } time)
        {
            await accounts.MarkSeenAsync(name, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>When the last was said of all that the account has seen then.</returns>
    private async Task<DateTimeOffset> HandOverAsync(
        Client client,
        StoredAccount account,
        DateTimeOffset now,
        HashSet<string> given,
        CancellationToken cancellationToken)
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

            HandOver(client, missed.TakeLast(left), given);
            now = missed.Count > 0 && missed[^1].Time > now ? missed[^1].Time : now;
            left = Math.Max(0, left - missed.Count);
        }

        if (unfinished.Count > 0 || talks.Count > MaxTalks)
        {
            SayThereIsMore(client, unfinished, talks.Count > MaxTalks);
        }

        return now;
    }

    private static bool IsFrom(StoredAccount account, StoredMessage message) =>
        message.Account is { } sender && CaseMapping.Same(sender, account.Name);

    private static void HandOver(Client client, IEnumerable<StoredMessage> messages, HashSet<string> given)
    {
        foreach (var message in messages)
        {
            given.Add(message.Id);

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
