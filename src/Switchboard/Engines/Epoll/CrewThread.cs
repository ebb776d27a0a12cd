using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Engines.Epoll;

/// <summary>One thread of the crew.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
internal sealed class CrewThread(Crew crew, TimeProvider time)
{
    // A run on a lane that took no longer would not have hurt on a loop.
    private static readonly TimeSpan QuickRun = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _isGiven = new(0);
    private Assignment? _assignment;
    private int _threadId;
    private int _rests;

    /// <summary>How often the thread has come back from its work.</summary>
    public int Rests => Volatile.Read(ref _rests);

    /// <summary>How long the thread has run on a processor.</summary>
    public unsafe TimeSpan ProcessorTime
    {
        get
        {
            var read = stackalloc long[2];
            return Libc.ReadClock(Libc.ThreadClock(Volatile.Read(ref _threadId)), read) == 0
                ? TimeSpan.FromSeconds(read[0]) + TimeSpan.FromMicroseconds(read[1] / 1000.0)
                : TimeSpan.Zero;
        }
    }

    /// <summary>Whether the thread waits for something, as opposed to running or waiting for a processor.</summary>
    public bool IsAsleep
    {
        get
        {
            try
            {
                return ThreadState.IsAsleep(Volatile.Read(ref _threadId));
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                // It has ended.
                return false;
            }
            catch (IOException)
            {
                // There is no descriptor left to look with. A loop that is handed over for nothing loses nothing.
                return true;
            }
        }
    }

    public void Start(Assignment assignment)
    {
        _assignment = assignment;
        _isGiven.Release();
        new Thread(Work) { IsBackground = true, Name = "Switchboard" }.Start();
    }

    public void Give(Assignment assignment)
    {
        lock (_lock)
        {
            _assignment = assignment;
        }

        _isGiven.Release();
    }

    /// <summary>Has the thread look whether it may leave.</summary>
    public void LookAround() => _isGiven.Release();

    private void Work()
    {
        Volatile.Write(ref _threadId, Libc.ThreadId());
        while (TryWait(out var assignment))
        {
            if (assignment.Loop is { } loop)
            {
                Slice.BeginOnThisThread();
                loop.Run(this, assignment.Word);
                Slice.EndOnThisThread();
            }
            else
            {
                RunLane(assignment.Job);
            }

            Volatile.Write(ref _rests, _rests + 1);
            crew.Rest(this);
        }
    }

    private void RunLane(Job job)
    {
        do
        {
            var start = time.GetTimestamp();
            job.Work.Execute();
            job.Source?.NoteLaneRun(wasQuick: time.GetElapsedTime(start) < QuickRun);
        }
        while (crew.TryGetNext(out job));
    }

    private bool TryWait(out Assignment assignment)
    {
        var patience = crew.RestBeforeLeaving;
        while (true)
        {
            var wasGiven = _isGiven.Wait(patience);
            if (TryTake(out assignment))
            {
                return true;
            }

            if (crew.TryDismiss(this))
            {
                return false;
            }

            // The last spare stays, and is not woken for nothing.
            patience = wasGiven ? crew.RestBeforeLeaving : Timeout.InfiniteTimeSpan;
        }
    }

    private bool TryTake(out Assignment assignment)
    {
        lock (_lock)
        {
            assignment = _assignment ?? default;
            var wasGiven = _assignment is not null;
            _assignment = null;
            return wasGiven;
        }
    }
}
