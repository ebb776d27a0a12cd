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

    private TaskCompletionSource? _left;
    private int _state;
    private volatile bool _isClosing;

    public bool IsClosed => _isClosing;

    public bool IsTaken => Volatile.Read(ref _state) == Taken;

    public bool TryTake()
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Free) != Free)
        {
            return false;
        }

        if (_isClosing)
        {
            Release();
            return false;
        }

        return true;
    }

    /// <summary>
    /// A plain write and a plain read, though the processor may do them in the other order: operations end all the time
    /// and a turn closes once, so it is the closer who pays for the order, on all processors.
    /// </summary>
    public void Release()
    {
        Volatile.Write(ref _state, Free);
        if (_isClosing && TryClose())
        {
            Volatile.Read(ref _left)?.TrySetResult();
        }
    }

    /// <summary>Lets nobody in any more; completes when whoever is inside has left.</summary>
    public Task CloseAsync()
    {
        _isClosing = true;
        if (TryClose())
        {
            return Task.CompletedTask;
        }

        // Behind this, whoever leaves sees that we close, or we see that it has left.
        Interlocked.MemoryBarrierProcessWide();
        return TryClose() ? Task.CompletedTask : WaitUntilLeft();
    }

    private bool TryClose() => Interlocked.CompareExchange(ref _state, Closed, Free) != Taken;

    private Task WaitUntilLeft()
    {
        // In this order: whoever leaves closes first, and then looks for what we make here.
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
