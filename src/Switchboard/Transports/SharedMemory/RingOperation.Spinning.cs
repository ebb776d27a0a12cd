using Switchboard.Engines.Epoll;

namespace Switchboard.Transports.SharedMemory;

/// <content>Looking for a while before sleeping.</content>
internal abstract partial class RingOperation
{
    /// <summary>
    /// Looks until there is something or the time is over, for the other direction as well: on a loop nobody else
    /// could, and two ends that both wait for room would keep each other from making it.
    /// </summary>
    private ValueTask<int> Spin(Spin spin, Slice? slice, CancellationToken cancellationToken)
    {
        var watches = _other.BeWatched();
        try
        {
            while (true)
            {
                SharedMemory.Spin.Pause();
                if (TryStart(spin.IsOver, slice, cancellationToken, out var started))
                {
                    return started;
                }

                // It may have gone on by itself, where the loop was given to another thread meanwhile.
                var goesOn = _other.IsPostedOrCanEnd() || (watches && !_other._isParked);
                if (goesOn && slice is not null)
                {
                    return ParkForOthers(cancellationToken);
                }
            }
        }
        finally
        {
            _other.BeUnwatched();
        }
    }

    /// <summary>If it is parked, somebody looks for it from now on, and the peer need not ring.</summary>
    private bool BeWatched()
    {
        if (!_isParked)
        {
            return false;
        }

        lock (_lock)
        {
            if (_isParked)
            {
                StayAwake();
            }

            return true;
        }
    }

    /// <summary>Whether it is about to run on the loop, or is from now on.</summary>
    private bool IsPostedOrCanEnd()
    {
        if (!_isParked || !TryEnd(sleeps: false))
        {
            return Volatile.Read(ref _isPosted) != 0;
        }

        Post();
        return true;
    }

    // It sleeps again, or finds what has come meanwhile.
    private void BeUnwatched()
    {
        if (_isParked && TryEnd())
        {
            Post();
        }
    }
}
