namespace Switchboard.Chat.Storing.Sql;

/// <summary>Messages to keep, all or none. Several orders may share a transaction, and one flush of the disk.</summary>
internal sealed class AppendOrder(IReadOnlyList<StoredMessage> messages, CancellationToken givenUp)
    : SqlQuestion<int>("keep messages", desk => SqlMessages.Append(desk, messages), givenUp)
{
    public IReadOnlyList<StoredMessage> Messages => messages;
}
