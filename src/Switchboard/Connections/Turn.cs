namespace Switchboard.Connections;

/// <summary>
/// Lets one operation at a time use one direction of a connection, until somebody closes that direction for good.
/// Invariant: whoever's <see cref="TryTake"/> returned true is alone, and so are, together, those whose
/// <see cref="CloseAsync"/> completed.
/// </summary>
internal sealed class Turn
{
    private const int Free = 0;
    private const int Taken = 1;
    private const int Closed = 2;
    private const int ClosedWhileTaken = 3;

    private TaskCompletionSource? _left;
    private int _state;

    public bool IsClosed => Volatile.Read(ref _state) >= Closed;

    public bool IsTaken => Volatile.Read(ref _state) is Taken or ClosedWhileTaken;

    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Free) == Free;

    public void Release()
    {
        if (Interlocked.CompareExchange(ref _state, Free, Taken) == ClosedWhileTaken)
        {
            // In this order: whoever closes looks at the state after it has made what we complete here.
            Interlocked.Exchange(ref _state, Closed);
            Volatile.Read(ref _left)?.TrySetResult();
        }
    }

    /// <summary>Lets nobody in any more; completes when whoever is inside has left.</summary>
    public Task CloseAsync()
    {
        while (true)
        {
            var before = Volatile.Read(ref _state);
            var after = before is Taken or ClosedWhileTaken ? ClosedWhileTaken : Closed;
            if (Interlocked.CompareExchange(ref _state, after, before) == before)
            {
                return after == Closed ? Task.CompletedTask : WaitUntilLeft();
            }
        }
    }

    private Task WaitUntilLeft()
    {
        var left = Volatile.Read(ref _left)
            ?? Interlocked.CompareExchange(ref _left, new TaskCompletionSource(), null)
            ?? _left;
        if (Volatile.Read(ref _state) == Closed)
        {
            left.TrySetResult();
        }

        return left.Task;
    }
}
