using System.Globalization;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Accounts;

/// <summary>Private messages that came while nobody was signed in to their account.</summary>
internal sealed class WaitingMessages(IChatStore store, AccountBook accounts, ChatLimits limits, TimeProvider clock)
{
    // More people than this who wrote at once are found in the history.
    private const int MaxTalks = 100;

    /// <summary>Hands over what the account has missed since it was last seen, and notes that it has.</summary>
    public async Task HandOverAsync(Client client, StoredAccount account, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = account.LastSeen ?? account.Created;
        var talks = await store.ReadTalksAsync(
            new TalkQuery(account.Name, [], since, DateTimeOffset.MaxValue, MaxTalks), cancellationToken)
            .ConfigureAwait(false);
        var left = limits.MaxWaitingMessages;
        foreach (var talk in talks)
        {
            var query = new HistoryQuery(talk.Talk, Math.Max(1, left)) { After = HistoryPlace.OfTime(since) };
            var messages = await store.ReadAsync(query, cancellationToken).ConfigureAwait(false);
            var missed = messages.Where(each => !IsFrom(account, each)).ToList();
            HandOver(client, missed);
            now = missed.Count > 0 && missed[^1].Time > now ? missed[^1].Time : now;
            left -= missed.Count;
            if (left <= 0)
            {
                break;
            }
        }

        await accounts.MarkSeenAsync(account.Name, now, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsFrom(StoredAccount account, StoredMessage message) =>
        message.Account is { } sender && CaseMapping.Same(sender, account.Name);

    private static void HandOver(Client client, List<StoredMessage> messages)
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
}
