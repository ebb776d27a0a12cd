namespace Switchboard.Chat.Clients;

/// <summary>Holds the messages of a stretch of history until it is whole; everything else goes through.</summary>
internal sealed class Batches
{
    /// <summary>The name of a list of talks, where stretches have that of theirs.</summary>
    public const string Targets = "*";

    private const int MaxOpen = 16;
    private const int MaxMessages = 1000;
    private const string History = "chathistory";
    private const string HistoryTargets = "draft/chathistory-targets";

    private readonly Dictionary<string, (string Talk, List<ChatMessage> Messages)> _open = [];

    /// <param name="message">The next message of the connection.</param>
    /// <param name="whole">The stretch that this message ends, and the talk that it is of.</param>
    /// <returns>Whether the message belongs to a stretch and has been dealt with.</returns>
    public bool Take(ChatMessage message, out (string Talk, List<ChatMessage> Messages)? whole)
    {
        whole = null;
        if (message.Command == "BATCH" && message[0] is { Length: > 1 } mark)
        {
            whole = BeginOrEnd(mark, message);
            return true;
        }

        if (message.Tag("batch") is { } name && _open.TryGetValue(name, out var batch))
        {
            if (batch.Messages.Count < MaxMessages)
            {
                batch.Messages.Add(message);
            }

            return true;
        }

        return false;
    }

    private (string Talk, List<ChatMessage> Messages)? BeginOrEnd(string mark, ChatMessage message)
    {
        if (mark[0] == '+')
        {
            var name = message[1] == HistoryTargets ? Targets : message[1] == History ? message[2] : null;
            if (name is { } talk && _open.Count < MaxOpen)
            {
                _open[mark[1..]] = (talk, []);
            }

            return null;
        }

        return _open.Remove(mark[1..], out var batch) ? batch : null;
    }
}
