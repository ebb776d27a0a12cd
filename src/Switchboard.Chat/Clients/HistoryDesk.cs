namespace Switchboard.Chat.Clients;

/// <summary>Asks the server for stretches of history, one at a time, because its refusals do not say of what.</summary>
internal sealed class HistoryDesk(ChatClientOptions options) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private TaskCompletionSource<IReadOnlyList<ChatMessage>>? _whole;
    private Func<string, bool> _isTheTalk = _ => false;

    /// <param name="talk">The room or nick.</param>
    /// <param name="names">When names are the same.</param>
    /// <param name="ask">Sends the question.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ChatRefusedException">The server says no.</exception>
    /// <exception cref="TimeoutException">The server does not answer in time.</exception>
    public async Task<IReadOnlyList<ChatMessage>> AskAsync(
        string talk, IEqualityComparer<string> names, Func<Task> ask, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = Await(talk, names);
            await ask().ConfigureAwait(false);
            return await answer.WaitAsync(options.AnswerTimeout, options.Time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _whole = null;
            }

            _turn.Release();
        }
    }

    /// <summary>Takes a whole stretch, if it is the one that was asked for.</summary>
    public bool TryTake(string talk, IReadOnlyList<ChatMessage> messages)
    {
        lock (_lock)
        {
            return _whole is not null && _isTheTalk(talk) && _whole.TrySetResult(messages);
        }
    }

    /// <summary>Looks for a refusal.</summary>
    public void Offer(ChatMessage message)
    {
        var isRefusal = message.Command is "FAIL" ? message[0] == "CHATHISTORY"
            : message.Command is "421" or "461" && message[1] == "CHATHISTORY";
        if (isRefusal)
        {
            Fail(new ChatRefusedException(message.Command, $"no history: {message.Parameters[^1]}"));
        }
    }

    public void Fail(Exception error)
    {
        lock (_lock)
        {
            if (_whole?.TrySetException(error) == true)
            {
                _ = _whole.Task.Exception;
            }
        }
    }

    public void Dispose() => _turn.Dispose();

    private Task<IReadOnlyList<ChatMessage>> Await(string talk, IEqualityComparer<string> names)
    {
        lock (_lock)
        {
            _isTheTalk = other => names.Equals(other, talk);
            _whole = new TaskCompletionSource<IReadOnlyList<ChatMessage>>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            return _whole.Task;
        }
    }
}
