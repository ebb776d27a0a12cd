namespace Switchboard.Chat.Clients;

/// <summary>Everything that was asked of the server and is not answered yet.</summary>
internal sealed class Questions(ChatClientOptions options)
{
    private readonly Lock _lock = new();
    private readonly List<Question> _open = [];

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="what">For the message of the time-out.</param>
    /// <param name="ask">Sends the question; what it throws is thrown.</param>
    /// <param name="answers">As for <see cref="Question"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ChatRefusedException">The server says no.</exception>
    /// <exception cref="TimeoutException">The server does not answer in time.</exception>
    public async Task<ChatMessage> AskAsync(
        string what, Func<Task> ask, Func<ChatMessage, bool> answers, CancellationToken cancellationToken)
    {
        var question = new Question(answers);
        lock (_lock)
        {
            _open.Add(question);
        }

        try
        {
            await ask().ConfigureAwait(false);
            return await question.Answer.WaitAsync(options.AnswerTimeout, options.Time, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"{what}: the server did not answer within {options.AnswerTimeout.TotalSeconds:0.###} s.");
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(question);
            }
        }
    }

    public void Offer(ChatMessage message)
    {
        foreach (var question in Open())
        {
            question.Offer(message);
        }
    }

    /// <summary>Nobody is there any more who could answer.</summary>
    public void FailAll(Exception error)
    {
        foreach (var question in Open())
        {
            question.Fail(error);
        }
    }

    private Question[] Open()
    {
        lock (_lock)
        {
            return [.. _open];
        }
    }
}
