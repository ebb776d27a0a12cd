namespace Switchboard.Engines.Epoll;

/// <summary>How an operation waits, and how its wait ends.</summary>
internal abstract partial class Operation
{
    private Completion? _completion;
    private CancellationToken _token;
    private TokenWatch? _watch;
    private Exception? _failure;

    void IThreadPoolWorkItem.Execute()
    {
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            Fail(failure);
        }
        else
        {
            Deliver(isCertain: false);
        }
    }

    private ValueTask<int> ParkAsync(CancellationToken cancellationToken)
    {
        // A wait may begin before the caller of the last one has asked for its result, which then has to stay.
        _completion = _completion is { IsFree: true } free ? free : new Completion();
        _token = cancellationToken;
        Watch(cancellationToken);
        var waiting = _completion.Begin();
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & (Closed | Stopped)) != 0)
            {
                ThrowEnded(state);
            }

            Source.Kernel.Faults?.BeforeParking(this);

            // Everything is written by now: from here on it is whose who takes it.
            if (TryChange(state, state | Parked))
            {
                if ((state & Ready) != 0)
                {
                    // An event came just now, or it is the others' turn.
                    Source.Loop.Post(this, Source);
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
        if (result < 0)
        {
            Fail(Translate(-result));
            return;
        }

        Slice.Current?.Spend(CostOf(result));
        var completion = _completion!;
        if (End(result) is { } error)
        {
            completion.Fail(error);
        }
        else
        {
            completion.Succeed(result);
        }
    }

    private void Fail(Exception error)
    {
        var completion = _completion!;
        completion.Fail(End(error, _token));
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

                continue;
            }

            Source.Kernel.Faults?.BeforeParking(this);
            if (TryChange(state, (state & ~Calling) | Parked))
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
    public void Reconsider()
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
                Source.Loop.Post(this, Source);
                return;
            }
        }
    }

    // Invariant 13: completed only by a loop or a lane, never inside the call of whoever ends it.
    private void FailLater(Exception failure)
    {
        Volatile.Write(ref _failure, failure);
        Source.Loop.Post(this, Source);
    }

    // Kept from one operation to the next: a handler waits with the same token all its life.
    private void Watch(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || cancellationToken == Source.WatchedToken
            || _watch?.Token == cancellationToken)
        {
            return;
        }

        _watch?.End();
        Volatile.Write(ref _watch, new TokenWatch(this, cancellationToken));
        if ((Volatile.Read(ref _state) & Closed) != 0)
        {
            // The close came too early to see it, and the token would keep it for ever.
            _watch.End();
        }
    }
}
