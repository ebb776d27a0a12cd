using Switchboard.Engines.Epoll;

namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// One direction of a connection: what one caller at a time may ask of a ring, at once or by waiting. Invariant: the
/// ring is touched only under the lock and only before the direction is closed, so that nobody touches memory that was
/// unmapped.
/// </summary>
internal abstract partial class RingOperation(SharedMemoryWire wire) : IThreadPoolWorkItem
{
    /// <summary>What <see cref="Try"/> returns when the caller has to wait.</summary>
    protected const int Nothing = -1;

    private readonly Lock _lock = new();
    private readonly Completion _completion = new();
    private RingOperation _other = null!;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private Exception? _failure;
    private int _result;
    private int _isPosted;
    private volatile bool _isParked;
    private bool _hasEnded;
    private bool _isStopped;
    private bool _isClosed;

    protected SharedMemoryWire Wire => wire;

    /// <summary>Makes two operations the directions of one connection. To be called once, before all else.</summary>
    public static void Join(RingOperation one, RingOperation other)
    {
        one._other = other;
        other._other = one;
    }

    /// <summary>Work that was posted: a wait has ended, or it is its turn to look again.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        // Before it looks: what happens from now on posts it once more.
        Interlocked.Exchange(ref _isPosted, 0);
        TryEnd();
        Complete();
    }

    /// <summary>Has the loop look at it, or tell its caller that the wait has ended, soon.</summary>
    public void Post()
    {
        if (Interlocked.Exchange(ref _isPosted, 1) == 0)
        {
            wire.Post(this);
        }
    }

    /// <summary>Ends the wait under way, or the next one, with <see cref="OperationCanceledException"/>.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            Reconsider();
        }
    }

    /// <summary>Looks whether the operation that waits is to end: its caller or somebody else has said so.</summary>
    public void Reconsider()
    {
        lock (_lock)
        {
            if (_isParked && (_isStopped || _token.IsCancellationRequested))
            {
                EndLater(Cancellation());
            }
        }
    }

    /// <summary>Lets no operation begin any more, and ends the wait.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_isParked)
            {
                EndLater(wire.WasClosed());
            }
        }
    }

    /// <summary>
    /// Looks whether the operation that waits can end now. If so, <see cref="Complete"/> has to follow.
    /// </summary>
    public bool TryEnd() => TryEnd(sleeps: true);

    /// <summary>Tells the caller that its wait has ended. The caller's code goes on inside this call.</summary>
    public void Complete()
    {
        Exception? failure;
        lock (_lock)
        {
            if (!_hasEnded)
            {
                return;
            }

            _hasEnded = false;
            failure = _failure;
            _failure = null;
        }

        if (failure is not null)
        {
            _completion.Fail(failure);
        }
        else
        {
            Slice.Current?.Spend(_result);
            _completion.Succeed(_result);
        }
    }

    /// <summary>Asks the ring once.</summary>
    /// <returns>The result, or <see cref="Nothing"/>.</returns>
    /// <exception cref="ConnectionException">The peer is gone, or broke the ring.</exception>
    protected abstract int Try(out bool wakesPeer);

    /// <summary>Asks the peer for a byte through the socket when there is something.</summary>
    protected abstract void Sleep();

    /// <summary>Takes that back.</summary>
    protected abstract void StayAwake();

    /// <summary>The operation is over: nothing of the caller's is kept.</summary>
    protected abstract void Forget();

    /// <summary>Does something else to the ring, alone.</summary>
    /// <exception cref="ObjectDisposedException">The direction is closed.</exception>
    protected void Alone(Action act)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                throw wire.WasClosed();
            }

            act();
        }
    }

    /// <summary>Asks the ring, and waits if it has nothing.</summary>
    protected ValueTask<int> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var slice = Slice.Current;
            return slice is { IsSpent: true } ? ParkForOthers(cancellationToken) : Start(slice, cancellationToken);
        }
        catch
        {
            Forget();
            throw;
        }
    }

    private ValueTask<int> Start(Slice? slice, CancellationToken cancellationToken)
    {
        var spin = wire.NewSpin();
        return TryStart(spin.IsOver, slice, cancellationToken, out var started)
            ? started
            : Spin(spin, slice, cancellationToken);
    }

    private bool TryStart(bool sleeps, Slice? slice, CancellationToken cancellationToken, out ValueTask<int> started)
    {
        int result;
        bool wakesPeer;
        lock (_lock)
        {
            ThrowIfEnded();
            result = sleeps ? TryOrSleep(out wakesPeer) : Try(out wakesPeer);
            if (result == Nothing && sleeps)
            {
                started = Park(cancellationToken);
                return true;
            }
        }

        started = new(result);
        if (result == Nothing)
        {
            return false;
        }

        if (wakesPeer)
        {
            wire.Doorbell.Ring();
        }

        Forget();
        slice?.Spend(result);
        return true;
    }

    private bool TryEnd(bool sleeps)
    {
        var wakesPeer = false;
        lock (_lock)
        {
            if (!_isParked)
            {
                return false;
            }

            try
            {
                _result = sleeps ? TryOrSleep(out wakesPeer) : Try(out wakesPeer);
            }
            catch (ConnectionException error)
            {
                _failure = error;
            }

            if (_failure is null && _result == Nothing)
            {
                return false;
            }

            Unpark();
        }

        if (wakesPeer)
        {
            wire.Doorbell.Ring();
        }

        return true;
    }

    // A caller whose peer is always faster would never wait, and never let anybody else on the loop in.
    private ValueTask<int> ParkForOthers(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ThrowIfEnded();
            var waiting = Park(cancellationToken);
            Post();
            return waiting;
        }
    }

    /// <summary>Asks the ring, and if it has nothing, once more after the peer can know that we sleep.</summary>
    private int TryOrSleep(out bool wakesPeer)
    {
        var result = Try(out wakesPeer);
        if (result != Nothing)
        {
            return result;
        }

        wire.Doorbell.ExpectOne();
        Sleep();
        result = Try(out wakesPeer);
        if (result != Nothing)
        {
            StayAwake();
        }

        return result;
    }

    private ValueTask<int> Park(CancellationToken cancellationToken)
    {
        var waiting = _completion.Begin();
        _token = cancellationToken;
        _isParked = true;
        if (cancellationToken.CanBeCanceled && cancellationToken != wire.WatchedToken)
        {
            _registration = cancellationToken.UnsafeRegister(
                static operation => ((RingOperation)operation!).Reconsider(), this);
        }
        else if (cancellationToken.IsCancellationRequested)
        {
            Reconsider();
        }

        return waiting;
    }

    private void ThrowIfEnded()
    {
        if (_isClosed)
        {
            throw wire.WasClosed();
        }

        if (_isStopped)
        {
            throw Cancellation();
        }
    }

    private OperationCanceledException Cancellation()
    {
        if (_isStopped)
        {
            _isStopped = false;
            return new OperationCanceledException();
        }

        return new OperationCanceledException(_token);
    }

    // Never inside the call of whoever ends it.
    private void EndLater(Exception failure)
    {
        _failure = failure;
        Unpark();
        Post();
    }

    private void Unpark()
    {
        _isParked = false;
        _hasEnded = true;
        _registration.Unregister();
        _registration = default;
        StayAwake();
        Forget();
    }
}
