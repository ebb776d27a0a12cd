namespace Switchboard.Chat.Clients;

/// <summary>Something that was asked of the server, and waits for what looks like the answer.</summary>
/// <param name="answers">
/// Whether a message is the answer: true if it is, false if it is not; throws if it is a refusal.
/// </param>
internal sealed class Question(Func<ChatMessage, bool> answers)
{
    private readonly TaskCompletionSource<ChatMessage> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the message that answers.</summary>
    public Task<ChatMessage> Answer => _answer.Task;

    public bool IsAnswered => _answer.Task.IsCompleted;

    public void Offer(ChatMessage message)
    {
        try
        {
            if (answers(message))
            {
                _answer.TrySetResult(message);
            }
        }
        catch (ChatRefusedException refused)
        {
            Fail(refused);
        }
    }

    public void Fail(Exception error)
    {
        if (_answer.TrySetException(error))
        {
            // Whoever asked may have stopped waiting: then nobody looks at it.
            _ = _answer.Task.Exception;
        }
    }
}
