namespace Switchboard.Chat.Delivery;

/// <summary>What was said, as it is sent.</summary>
internal static class HistoryLine
{
    public static Outgoing Of(StoredMessage stored) => Of(stored, stored.Text);

    /// <summary>With another text, for clients that cannot be told the rest.</summary>
    public static Outgoing Of(StoredMessage stored, string text)
    {
        var message = stored.Command == "TAGMSG"
            ? new ChatMessage(stored.Command, stored.Target)
            : new ChatMessage(stored.Command, stored.Target, text);
        return new Outgoing(message with { Source = stored.Source }, stored.Time)
        {
            MessageId = stored.Id,
            Account = stored.Account,
            ClientTags = stored.Tags,
        };
    }
}
