namespace Switchboard.Connections;

/// <summary>
/// Lets one sender at a time send, and the others wait in order. Free of locks and memory as long as nobody waits.
/// </summary>
internal sealed class SendTurn
{
    private const int Free = 0;
    private const int Taken = 1;

    // Taken, and the queue may hold somebody: only then does the one who leaves look there.
    private const int Awaited = 2;

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private int _state;

    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Free) == Free;

    /// <summary>Completes when the turn is the caller's.</summary>
    public Task TakeAsync(CancellationToken cancellationToken)
    {
        if (TryTake())
        {
            return Task.CompletedTask;
        }

        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            // Whoever holds the turn cannot give it up unseen any more: it has to come here for that.
            if (Interlocked.Exchange(ref _state, Awaited) == Free)
            {
                Volatile.Write(ref _state, _waiting.Count > 0 ? Awaited : Taken);
                return Task.CompletedTask;
            }

            _waiting.Enqueue(mine);
        }

        return cancellationToken.CanBeCanceled ? WaitAsync(mine, cancellationToken) : mine.Task;
    }

    public void Release()
    {
        if (Interlocked.CompareExchange(ref _state, Free, Taken) == Taken)
        {
            return;
        }

        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next))
            {
                // Who has given up waiting does not take it.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            Volatile.Write(ref _state, Free);
        }
    }

    private static async Task WaitAsync(TaskCompletionSource mine, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(
            static (waits, token) => ((TaskCompletionSource)waits!).TrySetCanceled(token), mine);
        await using (registration.ConfigureAwait(false))
        {
            await mine.Task.ConfigureAwait(false);
        }
    }
}
