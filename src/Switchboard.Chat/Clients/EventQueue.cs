namespace Switchboard.Chat.Clients;

/// <summary>Events on their way to the one who receives them. It never makes the adding side wait.</summary>
/// <param name="capacity">How many may wait; what comes then is dropped and counted.</param>
/// <param name="time">Says when a gap was noticed.</param>
internal sealed class EventQueue(int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<ChatEvent> _waiting = new();
    private TaskCompletionSource? _added;
    private long _skipped;
    private bool _isComplete;
    private Exception? _error;

    public void Add(ChatEvent happened)
    {
        lock (_lock)
        {
            if (_skipped > 0 && _waiting.Count < capacity - 1)
            {
                _waiting.Enqueue(TakeGap());
            }

            if (_skipped > 0 || _waiting.Count >= capacity)
            {
                _skipped++;
            }
            else
            {
                _waiting.Enqueue(happened);
            }

            Wake();
        }
    }

    /// <summary>Nothing more will come.</summary>
    /// <param name="error">What whoever receives is told behind the last event; null for a plain end.</param>
    public void Complete(Exception? error)
    {
        lock (_lock)
        {
            (_isComplete, _error) = (true, _error ?? error);
            Wake();
        }
    }

    /// <summary>The next event; null at the end.</summary>
    public async ValueTask<ChatEvent?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task added;
            lock (_lock)
            {
                if (_waiting.TryDequeue(out var next))
                {
                    return next;
                }

                if (_skipped > 0)
                {
                    return TakeGap();
                }

                if (_isComplete)
                {
                    return _error is null ? null : throw _error;
                }

                _added ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                added = _added.Task;
            }

            await added.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private ChatSkipped TakeGap()
    {
        var gap = new ChatSkipped(time.GetUtcNow(), _skipped);
        _skipped = 0;
        return gap;
    }

    private void Wake()
    {
        _added?.TrySetResult();
        _added = null;
    }
}
