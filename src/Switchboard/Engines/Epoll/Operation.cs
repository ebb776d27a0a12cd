namespace Switchboard.Engines.Epoll;

/// <summary>
/// One direction of a descriptor: what may be asked of the kernel there, by one caller at a time. A call is tried by
/// whoever asks; only when the kernel has nothing does it wait here, to be completed by the descriptor's loop.
/// </summary>
internal abstract partial class Operation : IThreadPoolWorkItem
{
    /// <summary>What <see cref="Try"/> returns when the kernel has nothing: the caller has to wait.</summary>
    protected const int Nothing = -Errno.Again;

    // An event has come since the kernel last had nothing, or nobody has asked yet.
    private const int Ready = 1;

    // A caller waits.
    private const int Parked = 2;

    // Somebody is in a system call, or is about to be. Invariant 9: only who has this touches the descriptor, and it
    // is not closed meanwhile.
    private const int Calling = 4;

    // No call may begin any more.
    private const int Closed = 8;

    // The next wait, or the one that runs, is to end.
    private const int Stopped = 16;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(10);

    private int _state = Ready;

    /// <summary>Whether a caller waits.</summary>
    public bool IsParked => (Volatile.Read(ref _state) & Parked) != 0;

    /// <summary>Has the first call wait for an event. To be called before the descriptor is polled.</summary>
    public void AwaitEvent() => _state = 0;

    /// <summary>
    /// Something happened to the descriptor. Invariant 5: an event that comes twice or late costs one call to the
    /// kernel that finds nothing, never correctness.
    /// </summary>
    /// <param name="isCertain">Whether the kernel has said so just now.</param>
    public void Deliver(bool isCertain)
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & (Closed | Ready)) != 0 && (state & Parked) == 0)
            {
                return;
            }

            if ((state & Parked) == 0)
            {
                if (TryChange(state, state | Ready))
                {
                    return;
                }
            }
            else if (TryChange(state, (state & ~(Parked | Ready)) | Calling))
            {
                // Invariant 6: whoever took it out of its place owns it; all of it was written before it was put there.
                Finish(isCertain);
                return;
            }
        }
    }

    /// <summary>Ends the wait under way, or the next one, with <see cref="OperationCanceledException"/>.</summary>
    public void Stop()
    {
        Interlocked.Or(ref _state, Stopped);
        Reconsider();
    }

    /// <summary>Lets no call begin any more and ends the wait.</summary>
    /// <returns>Whether nobody is in a call; otherwise <see cref="LeftLast"/> is called by whoever leaves.</returns>
    public bool Close()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (!TryChange(state, (state | Closed) & ~Parked))
            {
                continue;
            }

            Volatile.Read(ref _watch)?.End();
            if ((state & Parked) != 0)
            {
                FailLater(WasClosed());
            }

            return (state & Calling) == 0;
        }
    }

    /// <summary>Asks the kernel once.</summary>
    /// <param name="isCertain">Whether the kernel has just said that it has something.</param>
    /// <param name="hasMore">Whether it may have more: whoever asks next asks it at once.</param>
    /// <returns>The result; below 0 an error number, negated.</returns>
    protected abstract int Try(bool isCertain, out bool hasMore);

    /// <summary>Whose operation it is.</summary>
    public abstract IPolled Source { get; }

    /// <summary>How many bytes a result stands for, or as many as make it as dear.</summary>
    protected virtual int CostOf(int result) => result;

    /// <summary>
    /// A wait has ended: nothing of the caller's is kept. Behind it the next operation may begin at any moment, even
    /// before this one's caller goes on.
    /// </summary>
    /// <returns>What the caller is to be thrown instead of the result; null for nothing.</returns>
    protected virtual Exception? End(int result)
    {
        Forget();
        return null;
    }

    /// <summary>The same for a wait that has failed.</summary>
    /// <returns>What the caller is to be thrown.</returns>
    protected virtual Exception End(Exception error, CancellationToken cancellationToken)
    {
        Forget();
        return error;
    }

    /// <summary>What an error number means to the caller.</summary>
    protected abstract Exception Translate(int errno);

    /// <summary>The operation is over: nothing of the caller's is kept.</summary>
    protected abstract void Forget();

    /// <summary>The direction is closed and its last call has been left.</summary>
    protected abstract void LeftLast();

    /// <summary>The direction was closed by this end.</summary>
    protected abstract Exception WasClosed();

    /// <summary>Asks the kernel, and waits if it has nothing.</summary>
    protected ValueTask<int> StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var slice = Slice.Current;
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & (Closed | Stopped)) != 0)
            {
                ThrowEnded(state);
            }
            else if ((state & Ready) == 0 || slice is { IsSpent: true })
            {
                return ParkAsync(cancellationToken);
            }

            // Invariant 7: forgotten before the call. What happens during it is remembered.
            else if (TryChange(state, (state & ~Ready) | Calling))
            {
                var result = Try(isCertain: false, out var hasMore);
                Leave(hasMore);
                if (result != Nothing)
                {
                    Forget();
                    slice?.Spend(CostOf(result));
                    return result >= 0 ? new(result) : throw Translate(-result);
                }
            }
        }
    }

    /// <summary>Has the kernel asked again after a moment.</summary>
    protected void DeliverLater() => TimeProvider.System.CreateTimer(
        static operation => ((Operation)operation!).Retry(), this, RetryPause, Timeout.InfiniteTimeSpan);

    /// <summary>Enters a call of another kind; false when the direction is closed.</summary>
    protected bool TryEnter()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & Closed) != 0)
            {
                return false;
            }

            if (TryChange(state, state | Calling))
            {
                return true;
            }
        }
    }

    protected void Leave(bool hasMore)
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (TryChange(state, (state & ~Calling) | (hasMore ? Ready : 0)))
            {
                if ((state & Closed) != 0)
                {
                    LeftLast();
                }

                return;
            }
        }
    }

    // Whoever waits goes on in the loop.
    private void Retry() => Source.Loop.Post(this, Source);

    private bool TryChange(int before, int after) =>
        Interlocked.CompareExchange(ref _state, after, before) == before;

    private void ThrowEnded(int state)
    {
        Forget();
        if ((state & Closed) != 0)
        {
            throw WasClosed();
        }

        Interlocked.And(ref _state, ~Stopped);
        throw new OperationCanceledException();
    }
}
