using Switchboard.Chat.Delivery;

namespace Switchboard.Chat.Messages;

/// <summary>A message that has its place.</summary>
internal sealed class TakenMessage(MessageDraft draft, string id, DateTimeOffset time)
{
    // Who waits goes on elsewhere: the writer has others to serve.
    private readonly TaskCompletionSource<bool> _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MessageDraft Draft { get; } = draft;

    public StoredMessage Stored { get; } = new(
        id, time, draft.Talk ?? "", draft.Sender.Source, draft.Sender.Account, draft.Command, draft.Target, draft.Text)
    {
        Tags = draft.Tags,
    };

    /// <summary>Completes when it is kept and handed to everybody: true, or false if it could not be kept.</summary>
    public Task<bool> Delivered => _delivered.Task;

    public Outgoing ToOutgoing() => HistoryLine.Of(Stored);

    public void Complete() => _delivered.SetResult(true);

    public void Fail() => _delivered.SetResult(false);
}
