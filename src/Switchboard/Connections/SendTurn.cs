namespace Switchboard.Connections;

/// <summary>
/// Lets one sender at a time send, and the others wait in order. Not thread-safe: whoever owns it keeps it under a
/// lock. Free of memory as long as nobody waits.
/// </summary>
internal sealed class SendTurn
{
    private Queue<TaskCompletionSource>? _waiting;

    public bool IsTaken { get; private set; }

    public bool TryTake()
    {
        var wasFree = !IsTaken;
        IsTaken = true;
        return wasFree;
    }

    /// <summary>A place behind all who wait: it completes when the turn is the caller's. Only while taken.</summary>
    public TaskCompletionSource Queue()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_waiting ??= []).Enqueue(mine);
        return mine;
    }

    public void Release()
    {
        while (_waiting is not null && _waiting.TryDequeue(out var next))
        {
            // Who has given up waiting does not take it.
            if (next.TrySetResult())
            {
                return;
            }
        }

        IsTaken = false;
    }
}
