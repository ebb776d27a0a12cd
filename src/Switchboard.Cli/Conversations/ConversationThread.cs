namespace Switchboard.Cli.Conversations;

/// <summary>A thread on which one conversation goes, and nothing else: each of its steps, wherever it waited.</summary>
internal sealed class ConversationThread : SynchronizationContext
{
    // As long as the system's tools show names of threads.
    private const string Name = "conversation";

    private readonly Queue<(SendOrPostCallback Step, object? State)> _steps = [];
    private bool _hasEnded;

    /// <summary>Completes as the conversation does.</summary>
    public static Task RunAsync(Func<Task> conversation)
    {
        var ended = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => ended.SetResult(new ConversationThread().Run(conversation)))
        {
            IsBackground = true,
            Name = Name,
        }.Start();
        return ended.Task.Unwrap();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_steps)
        {
            if (!_hasEnded)
            {
                _steps.Enqueue((d, state));
                Monitor.Pulse(_steps);
                return;
            }
        }

        // What was left behind goes on like everything else.
        base.Post(d, state);
    }

    private Task Run(Func<Task> conversation)
    {
        SetSynchronizationContext(this);
        var running = conversation();
        running.ContinueWith(
            _ => Post(static _ => { }, null),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (TakeUntil(running) is { } next)
        {
            next.Step(next.State);
        }

        return running;
    }

    private (SendOrPostCallback Step, object? State)? TakeUntil(Task running)
    {
        lock (_steps)
        {
            while (_steps.Count == 0 && !running.IsCompleted)
            {
                Monitor.Wait(_steps);
            }

            _hasEnded = _steps.Count == 0;
            return _hasEnded ? null : _steps.Dequeue();
        }
    }
}
