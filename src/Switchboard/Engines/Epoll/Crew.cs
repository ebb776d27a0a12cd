using Switchboard.Observing;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// The engine's threads: each runs a loop, or a job on a lane, or waits for either. Past the limit a thread is added
/// only when lane jobs have waited for one a while: blocking code is slower then, but never stands still.
/// </summary>
internal sealed class Crew(EngineOptions options)
{
    // Some threads are kept for loops that have to be handed over: lanes may not take them all.
    private const int SharesOfFour = 3;

    // One that waits saves the time to make it; it does not wake up for that.
    private const int SparesKept = 1;

    private readonly Lock _lock = new();
    private readonly List<CrewThread> _spares = [];
    private readonly Queue<Job> _waiting = [];
    private readonly Queue<Assignment> _unowned = [];
    private int _maxLanes = Math.Max(1, options.MaxSpareThreads * SharesOfFour / 4);
    private int _lanes;
    private int _threads;
    private long _laneRuns;
    private bool _isStopping;

    /// <summary>How long a thread waits for something to do before it leaves, if there are enough others.</summary>
    public TimeSpan RestBeforeLeaving { get; init; } = TimeSpan.FromSeconds(10);

    public int Threads => Volatile.Read(ref _threads);

    /// <summary>How many of them have nothing to do.</summary>
    internal int Spares
    {
        get
        {
            lock (_lock)
            {
                return _spares.Count;
            }
        }
    }

    public int Lanes => Volatile.Read(ref _lanes);

    public long LaneRuns => Interlocked.Read(ref _laneRuns);

    /// <summary>Whether jobs wait for a lane, or loops for an owner.</summary>
    public bool IsShort
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0 || _unowned.Count > 0;
            }
        }
    }

    /// <summary>Has a thread own a loop from now on.</summary>
    public void TakeOver(EventLoop loop, LoopWord word)
    {
        lock (_lock)
        {
            var assignment = new Assignment(loop, word, default);
            if (!TryGive(assignment))
            {
                _unowned.Enqueue(assignment);
            }
        }
    }

    /// <summary>Runs a job beside the loops, at once or when a lane is free.</summary>
    public void RunOnLane(Job job)
    {
        lock (_lock)
        {
            _laneRuns++;
            EngineTotals.CountLaneRun();
            if (_lanes >= _maxLanes)
            {
                _waiting.Enqueue(job);
                return;
            }

            if (TryGive(new Assignment(null, default, job)))
            {
                _lanes++;
            }
            else
            {
                _waiting.Enqueue(job);
            }
        }
    }

    /// <summary>
    /// Adds a lane, past the limit, for jobs that have waited long enough; a loop without an owner comes first.
    /// </summary>
    public void Grow()
    {
        lock (_lock)
        {
            if (_unowned.TryPeek(out var assignment))
            {
                if (TryGive(assignment))
                {
                    _unowned.Dequeue();
                }
            }
            else if (_waiting.TryPeek(out var job) && TryGive(new Assignment(null, default, job)))
            {
                _waiting.Dequeue();
                _maxLanes++;
                _lanes++;
            }
        }
    }

    /// <summary>What a lane runs next; false when it is not needed any more.</summary>
    public bool TryGetNext(out Job job)
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out job))
            {
                return true;
            }

            _lanes--;
            return false;
        }
    }

    /// <summary>One thread more, which has not started yet.</summary>
    internal CrewThread Hire()
    {
        Count(1);
        return new CrewThread(this, options.TimeProvider);
    }

    /// <summary>Takes a thread back that has nothing to do.</summary>
    public void Rest(CrewThread thread)
    {
        lock (_lock)
        {
            if (_unowned.TryDequeue(out var assignment))
            {
                thread.Give(assignment);
                return;
            }

            _spares.Add(thread);
            if (_isStopping)
            {
                thread.LookAround();
            }
        }
    }

    /// <summary>Whether a thread that has rested long enough may go; not if it was given something.</summary>
    public bool TryDismiss(CrewThread thread)
    {
        lock (_lock)
        {
            var mayGo = _isStopping || _spares.Count > SparesKept;
            if (!mayGo || !_spares.Remove(thread))
            {
                return false;
            }

            Count(-1);
            return true;
        }
    }

    /// <summary>Lets every thread go that has nothing to do, now or later.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStopping = true;
            _spares.ForEach(spare => spare.LookAround());
        }
    }

    /// <summary>Has a thread do it; false when there is none, and the system gives no other for now.</summary>
    private bool TryGive(Assignment assignment)
    {
        if (_spares is [.., var last])
        {
            _spares.RemoveAt(_spares.Count - 1);
            last.Give(assignment);
            return true;
        }

        // Counted first: it may have answered somebody before its start has returned here.
        var thread = Hire();
        try
        {
            thread.Start(assignment);
            return true;
        }
        catch (OutOfMemoryException)
        {
            Count(-1);
            return false;
        }
    }

    private void Count(int threads)
    {
        EngineTotals.CountThread(threads);
        _threads += threads;
    }
}
