using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// One epoll set, and the thread that owns it at the moment: it polls, and runs what the events complete. If user's
/// code keeps it, <see cref="StallWatch"/> takes the loop away and gives it to another thread, which goes on at the
/// same place.
/// </summary>
internal sealed class EventLoop
{
    private const int MaxJobsPerBatch = 1024;
    private const int Forever = -1;

    // Not 0, which is somebody's: a loop that could not be made is finalized too.
    private const int NoDescriptor = -1;

    // Invariant 11: the batch is touched by the owner between two pieces of work, never by what user's code may call:
    // that code may have lost the loop, and runs beside it.
    private readonly EventBuffer _events = new();
    private readonly ConcurrentQueue<Job> _jobs = new();
    private readonly PolledTable _table;
    private readonly StallWatch _watch;
    private readonly Crew _crew;
    private readonly TimeProvider _time;
    private readonly TimeSpan _spin;
    private readonly IFaults? _faults;
    private readonly int _epoll = NoDescriptor;
    private readonly int _wake = NoDescriptor;
    private long _word = 1L << 16;
    private int _eventCount;
    private int _isWoken;
    private volatile bool _isStopping;
    private volatile bool _hasEnded;
    private IPolled? _current;
    private CrewThread? _owner;

    // Whoever may still wake the loop holds on to it: only when nobody does are its descriptors anybody's.
    ~EventLoop()
    {
        _ = Libc.Close(_epoll);
        _ = Libc.Close(_wake);
        _events.Free();
    }

    /// <exception cref="System.Net.Sockets.SocketException">The kernel gives no epoll set.</exception>
    public EventLoop(PolledTable table, StallWatch watch, Crew crew, EngineOptions options, IFaults? faults)
    {
        _table = table;
        _watch = watch;
        _crew = crew;
        _time = options.TimeProvider;
        _spin = options.SpinBeforeSleep;
        _faults = faults;
        _epoll = Check(Libc.EpollCreate(Libc.CloseOnExec));
        _wake = Check(Libc.EventDescriptor(0, Libc.NonBlocking | Libc.CloseOnExec));
        Check(EventBuffer.Register(_epoll, _wake, Libc.EpollIn | Libc.EpollEdge, key: 0));
    }

    /// <summary>Called, once, when the loop has been stopped and has run its last job.</summary>
    public Action? HasEnded { get; set; }

    /// <summary>Where the loop is. It may have moved on when this returns.</summary>
    public LoopWord Word => new(Interlocked.Read(ref _word));

    /// <summary>Whose code runs at the moment, if it is somebody's.</summary>
    public IPolled? Current => Volatile.Read(ref _current);

    /// <summary>The thread that owns the loop at the moment; null between two owners.</summary>
    public CrewThread? Owner => Volatile.Read(ref _owner);

    /// <summary>Registers a source once for everything that may ever happen to it.</summary>
    /// <returns>0, or the error number.</returns>
    public int Register(IPolled source)
    {
        const uint Everything = Libc.EpollIn | Libc.EpollOut | Libc.EpollReadHangUp | Libc.EpollUrgent | Libc.EpollEdge;
        _table.Add(source);
        var result = EventBuffer.Register(_epoll, source.Key.Descriptor, Everything, source.Key.Bits);
        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>To be called before a descriptor is closed whose socket others have, too.</summary>
    public void Unregister(IPolled source) => EventBuffer.Unregister(_epoll, source.Key.Descriptor);

    /// <summary>Has the loop run a piece of work soon. To be called from any thread.</summary>
    public void Post(IThreadPoolWorkItem work, IPolled? source)
    {
        _jobs.Enqueue(new Job(work, source));

        // Pairs with the exchange that begins to poll and the look at the queue behind it: one of us sees the other.
        Interlocked.MemoryBarrier();
        if (Word.IsPolling)
        {
            Wake();
        }

        if (_hasEnded)
        {
            LeaveJobsToThePool();
        }
    }

    /// <summary>Takes the loop from its owner, where it is; false when it has moved by itself.</summary>
    /// <param name="word">Where it was seen; where it is from then on.</param>
    public bool TryTake(ref LoopWord word)
    {
        if (word.IsPolling || !TryMove(ref word, word.Taken))
        {
            return false;
        }

        // Until the next owner runs nobody can be blamed: it may have to wait for a processor itself.
        Volatile.Write(ref _owner, null);
        return true;
    }

    /// <summary>Runs the loop on the calling thread until it is taken away or the engine stops.</summary>
    /// <param name="owner">The calling thread.</param>
    /// <param name="word">The word by which the caller owns the loop.</param>
    public void Run(CrewThread owner, LoopWord word)
    {
        Volatile.Write(ref _owner, owner);
        while (!_isStopping || !_jobs.IsEmpty)
        {
            if (word.IsPolling)
            {
                Poll();
            }

            if (!RunEvents(ref word) || !RunJobs(ref word) || !TryMove(ref word, word.Polling))
            {
                return;
            }
        }

        _hasEnded = true;
        Interlocked.MemoryBarrier();
        LeaveJobsToThePool();
        HasEnded?.Invoke();
    }

    /// <summary>Ends the run when no job is left.</summary>
    public void Stop()
    {
        _isStopping = true;
        Wake();
    }

    private void LeaveJobsToThePool()
    {
        while (_jobs.TryDequeue(out var job))
        {
            ThreadPool.UnsafeQueueUserWorkItem(job.Work, preferLocal: false);
        }
    }

    private static int Check(int result) => result >= 0
        ? result
        : throw Errno.ToException(Marshal.GetLastPInvokeError());

    private unsafe void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) == 0)
        {
            var one = 1L;
            _ = Libc.Write(_wake, &one, sizeof(long));
        }
    }

    private void Poll()
    {
        Volatile.Write(ref _current, null);
        if (_spin > TimeSpan.Zero && TrySpin())
        {
            return;
        }

        var timeout = _jobs.IsEmpty && !_isStopping ? Forever : 0;
        _eventCount = Math.Max(0, _events.Wait(_epoll, timeout));
    }

    // Waking a thread that sleeps costs tens of microseconds; whoever asks for it pays with the processor instead.
    private bool TrySpin()
    {
        var start = _time.GetTimestamp();
        do
        {
            _eventCount = Math.Max(0, _events.Wait(_epoll, timeoutMilliseconds: 0));
        }
        while (_eventCount == 0 && _jobs.IsEmpty && !_isStopping && _time.GetElapsedTime(start) < _spin);

        return _eventCount > 0;
    }

    private bool RunEvents(ref LoopWord word)
    {
        while (word.Progress < _eventCount)
        {
            // Invariant 3: read before it is claimed. After a lost claim the memory is another owner's.
            var key = _events.Key(word.Progress);
            var happenings = _events.Happenings(word.Progress);
            if (!TryClaim(ref word))
            {
                return false;
            }

            // Invariant 4: each is claimed once, and what was claimed is delivered even if the loop is lost meanwhile.
            Deliver(key, happenings);
        }

        return true;
    }

    private bool RunJobs(ref LoopWord word)
    {
        if (_jobs.IsEmpty)
        {
            return true;
        }

        // Only those that are there by now: jobs begin others, and events would wait for all of them.
        var last = Math.Min(LoopWord.MaxProgress, word.Progress + Math.Min(_jobs.Count, MaxJobsPerBatch));
        while (word.Progress < last)
        {
            if (!TryClaim(ref word))
            {
                return false;
            }

            if (_jobs.TryDequeue(out var job))
            {
                Run(job);
            }
        }

        return true;
    }

    private bool TryClaim(ref LoopWord word)
    {
        var isFirst = word.IsPolling;
        if (!TryMove(ref word, word.Next))
        {
            return false;
        }

        if (isFirst)
        {
            // The other half of what the watch does before it sleeps: we have moved, and then look at it.
            _watch.WakeIfAsleep();
        }

        return true;
    }

    private bool TryMove(ref LoopWord word, LoopWord next)
    {
        if (Interlocked.CompareExchange(ref _word, next.Bits, word.Bits) != word.Bits)
        {
            return false;
        }

        word = next;
        return true;
    }

    /// <summary>Tells whoever is meant by a key; to be called by the owner, within what it has claimed.</summary>
    internal void Deliver(ulong key, uint happenings)
    {
        if (key == 0)
        {
            _faults?.BeforeDelivery(null);

            // In this order: whoever posts from now on wakes us again, and what was posted before is found below; by
            // the next owner, if there is one that sleeps by now.
            Interlocked.Exchange(ref _isWoken, 0);
            if (!_jobs.IsEmpty && Word.IsPolling)
            {
                Wake();
            }
        }
        else if (_table.Find(new PolledKey(key)) is { } source)
        {
            Begin(source);
            _faults?.BeforeDelivery(source);
            source.Happen(happenings);
        }
    }

    private void Run(Job job)
    {
        if (job.Source is { IsBlocker: true })
        {
            _crew.RunOnLane(job);
            return;
        }

        Begin(job.Source);
        job.Work.Execute();
    }

    private void Begin(IPolled? source)
    {
        Volatile.Write(ref _current, source);
        Slice.Current?.Renew();
    }
}
