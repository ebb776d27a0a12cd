using System.Threading.Tasks.Sources;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// One direction of a descriptor: what may be asked of the kernel there, by one caller at a time. A call is tried by
/// whoever asks; only when the kernel has nothing does it wait here, to be completed by the descriptor's loop.
/// </summary>
internal abstract class Operation : IValueTaskSource<int>, IThreadPoolWorkItem
{
    /// <summary>What <see cref="Try"/> returns when the kernel has nothing: the caller has to wait.</summary>
    protected const int Nothing = -Errno.Again;

    // An event has come since the kernel last had nothing, or nobody has asked yet.
    private const int Ready = 1;

    // A caller waits.
    private const int Parked = 2;

    // Somebody is in a system call, or is about to be. The descriptor is not closed meanwhile.
    private const int Calling = 4;

    // No call may begin any more.
    private const int Closed = 8;

    // The next wait, or the one that runs, is to end.
    private const int Stopped = 16;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(10);

    private readonly IPolled _source;
    private ManualResetValueTaskSourceCore<int> _completion;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private CancellationToken _registered;
    private Exception? _failure;
    private int _state = Ready;

    protected Operation(IPolled source) => _source = source;

    /// <summary>Whether a caller waits.</summary>
    public bool IsParked => (Volatile.Read(ref _state) & Parked) != 0;

    /// <summary>Has the first call wait for an event. To be called before the descriptor is polled.</summary>
    public void AwaitEvent() => _state = 0;

    /// <summary>
    /// Something happened to the descriptor. Invariant 5: harmless when nothing did.
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
                // Invariant 6: whoever took it out of its place owns it.
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

            _registration.Unregister();
            if ((state & Parked) != 0)
            {
                FailLater(WasClosed());
            }

            return (state & Calling) == 0;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            _completion.SetException(failure);
        }
        else
        {
            Deliver(isCertain: false);
        }
    }

    int IValueTaskSource<int>.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _completion.OnCompleted(continuation, state, token, flags);

    /// <summary>Asks the kernel once.</summary>
    /// <param name="isCertain">Whether the kernel has just said that it has something.</param>
    /// <param name="hasMore">Whether it may have more: whoever asks next asks it at once.</param>
    /// <returns>The result; below 0 an error number, negated.</returns>
    protected abstract int Try(bool isCertain, out bool hasMore);

    /// <summary>How many bytes a result stands for, or as many as make it as dear.</summary>
    protected virtual int CostOf(int result) => result;

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
    private void Retry() => _source.Loop.Post(this, _source);

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

    private ValueTask<int> ParkAsync(CancellationToken cancellationToken)
    {
        _completion.Reset();
        _token = cancellationToken;
        Register(cancellationToken);

        // Read before it is parked: behind that the next operation may begin at any moment.
        var waiting = new ValueTask<int>(this, _completion.Version);
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & (Closed | Stopped)) != 0)
            {
                ThrowEnded(state);
            }

            // Invariant 6: everything is written before the operation can be seen.
            if (TryChange(state, state | Parked))
            {
                if ((state & Ready) != 0)
                {
                    // An event came just now, or it is the others' turn.
                    _source.Loop.Post(this, _source);
                }

                if (cancellationToken.IsCancellationRequested)
                {
                    Reconsider();
                }

                return waiting;
            }
        }
    }

    /// <summary>Completes the operation that the caller has taken, or parks it again.</summary>
    private void Finish(bool isCertain)
    {
        while (true)
        {
            var result = Try(isCertain, out var hasMore);
            if (result != Nothing)
            {
                Leave(hasMore);
                Complete(result);
                return;
            }

            if (TryParkAgain())
            {
                return;
            }

            isCertain = false;
        }
    }

    private void Complete(int result)
    {
        if (result >= 0)
        {
            Forget();
            Slice.Current?.Spend(CostOf(result));
            _completion.SetResult(result);
        }
        else
        {
            var error = Translate(-result);
            Forget();
            _completion.SetException(error);
        }
    }

    /// <summary>Puts an operation back that the caller has taken, unless something has happened meanwhile.</summary>
    private bool TryParkAgain()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & Closed) != 0)
            {
                Leave(hasMore: true);
                FailLater(WasClosed());
                return true;
            }

            if (_token.IsCancellationRequested || (state & Stopped) != 0)
            {
                GiveUp();
                return true;
            }

            if ((state & Ready) != 0)
            {
                if (TryChange(state, state & ~Ready))
                {
                    return false;
                }
            }
            else if (TryChange(state, (state & ~Calling) | Parked))
            {
                if (_token.IsCancellationRequested)
                {
                    Reconsider();
                }

                return true;
            }
        }
    }

    private void GiveUp()
    {
        var error = _token.IsCancellationRequested
            ? new OperationCanceledException(_token)
            : new OperationCanceledException();
        Interlocked.And(ref _state, ~Stopped);
        Leave(hasMore: true);
        FailLater(error);
    }

    /// <summary>Looks whether the operation that waits is to end: its caller or somebody else has said so.</summary>
    private void Reconsider()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & Parked) == 0)
            {
                return;
            }

            if (TryChange(state, (state & ~Parked) | Calling))
            {
                if (!TryParkAgain())
                {
                    // What has happened is for the loop to look at: only there may the caller's code go on.
                    ParkReady();
                }

                return;
            }
        }
    }

    private void ParkReady()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & Closed) != 0)
            {
                Leave(hasMore: true);
                FailLater(WasClosed());
                return;
            }

            if (TryChange(state, (state & ~Calling) | Parked | Ready))
            {
                _source.Loop.Post(this, _source);
                return;
            }
        }
    }

    // Invariant 13: completed only by a loop or a lane, never inside the call of whoever ends it.
    private void FailLater(Exception failure)
    {
        Forget();
        Volatile.Write(ref _failure, failure);
        _source.Loop.Post(this, _source);
    }

    // Kept from one operation to the next: a handler waits with the same token all its life.
    private void Register(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || cancellationToken == _registered)
        {
            return;
        }

        _registration.Unregister();
        _registered = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(
            static operation => ((Operation)operation!).Reconsider(), this);
        if ((Volatile.Read(ref _state) & Closed) != 0)
        {
            // The close came too early to see it, and the token would keep it for ever.
            _registration.Unregister();
        }
    }
}
