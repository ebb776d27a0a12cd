using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using Switchboard.Observing;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// Notices a loop that has been in one piece of user's code for too long: it marks whose code that is as a blocker, and
/// then hands the loop to another thread. It looks every few milliseconds while there is work, and not at all while
/// there is none.
/// </summary>
/// <param name="crew">Has threads for loops.</param>
/// <param name="time">How long code has run.</param>
/// <param name="compiled">How many methods the runtime has compiled so far; null to ask it.</param>
[SuppressMessage("Design", "CA1001", Justification = "An event without a wait handle holds nothing to release.")]
internal sealed class StallWatch(Crew crew, TimeProvider time, Func<long>? compiled = null)
{
    private const int QuietLooksBeforeSleep = 2;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan ToMark = TimeSpan.FromMilliseconds(1.5);
    private static readonly TimeSpan ToHandOver = TimeSpan.FromMilliseconds(5);

    // What has been compiled in the middle may be compiled further, each method for a while that nobody sees.
    private static readonly TimeSpan ToMarkCompiled = TimeSpan.FromMilliseconds(100);

    // Compiling has an end. Where other code of the process is compiled all the time, this decides.
    private static readonly TimeSpan LongestCompiling = TimeSpan.FromSeconds(1);

    // So much processor time since it was first suspected: it computes, and does not only wait for a processor.
    private static readonly TimeSpan Computing = TimeSpan.FromMilliseconds(1.25);

    // One thread more past the limit for each such time that jobs have waited.
    private static readonly TimeSpan ToGrow = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _wake = new(initialState: false, spinCount: 0);
    private readonly List<Pursuit> _pursuits = [];
    private Suspicion[] _suspicions = [];
    private TimeSpan _shortFor;
    private long _lastLook;
    private int _isAsleep;
    private long _stalls;
    private long _handOffs;
    private volatile bool _isStopping;

    /// <summary>How often a handler kept a loop so long that it was marked.</summary>
    public long Stalls => Interlocked.Read(ref _stalls);

    /// <summary>How often a loop was given to another thread.</summary>
    public long HandOffs => Interlocked.Read(ref _handOffs);

    /// <summary>Whether it sleeps until a loop wakes it: there is nothing to watch.</summary>
    public bool IsAsleep => Volatile.Read(ref _isAsleep) == 1;

    public void Start(IEnumerable<EventLoop> loops)
    {
        Watch(loops);
        new Thread(Run) { IsBackground = true, Name = "Switchboard watch" }.Start();
    }

    /// <summary>Looks at these loops from now on, whenever it is told to.</summary>
    internal void Watch(IEnumerable<EventLoop> loops)
    {
        _suspicions = [.. loops.Select(loop => new Suspicion(loop, compiled ?? AskTheRuntime))];
        _lastLook = time.GetTimestamp();
    }

    public void Stop()
    {
        _isStopping = true;
        _wake.Set();
    }

    /// <summary>To be called by a loop that has begun to work after a poll.</summary>
    public void WakeIfAsleep()
    {
        if (Volatile.Read(ref _isAsleep) == 1 && Interlocked.Exchange(ref _isAsleep, 0) == 1)
        {
            _wake.Set();
        }
    }

    private static long AskTheRuntime() => JitInfo.GetCompiledMethodCount();

    private void Run()
    {
        var quiet = 0;
        while (!_isStopping)
        {
            quiet = LookAround() ? 0 : quiet + 1;
            if (quiet < QuietLooksBeforeSleep)
            {
                WaitOnePeriod();
            }
            else
            {
                SleepUntilThereIsWork();
                quiet = 0;
            }
        }
    }

    private void WaitOnePeriod()
    {
        if (_wake.Wait(Period))
        {
            // Somebody woke us who came too late to find us asleep.
            _wake.Reset();
        }
    }

    private void SleepUntilThereIsWork()
    {
        _wake.Reset();

        // Invariant 10: we say that we sleep and then look at the words; a loop moves its word and then looks at us.
        Volatile.Write(ref _isAsleep, 1);
        Interlocked.MemoryBarrier();
        if (!_isStopping && !IsAnythingToWatch())
        {
            _wake.Wait();
        }

        Volatile.Write(ref _isAsleep, 0);
        _wake.Reset();
        _lastLook = time.GetTimestamp();
    }

    private bool IsAnythingToWatch() =>
        Array.Exists(_suspicions, one => !one.Loop.Word.IsPolling) || _pursuits.Count > 0 || crew.IsShort;

    /// <summary>Looks at each loop once.</summary>
    /// <returns>Whether anything was going on.</returns>
    internal bool LookAround()
    {
        var now = time.GetTimestamp();

        // A look that comes late tells of a process that was stopped or starved, and not of its handlers.
        var passed = TimeSpan.FromTicks(Math.Min(time.GetElapsedTime(_lastLook, now).Ticks, 2 * Period.Ticks));
        _lastLook = now;
        var isBusy = false;

        // Before the loops: what they lose at this look has been looked at.
        _pursuits.RemoveAll(pursuit => IsOver(pursuit, passed));
        foreach (var suspicion in _suspicions)
        {
            isBusy |= Look(suspicion, passed);
        }

        return GrowIfShort(passed) || isBusy || _pursuits.Count > 0;
    }

    private bool Look(Suspicion suspicion, TimeSpan passed)
    {
        var word = suspicion.Loop.Word;
        if (word != suspicion.Word || word.IsPolling)
        {
            var hasMoved = word != suspicion.Word;
            suspicion.Begin(word);
            return hasMoved;
        }

        var piece = suspicion.Piece;
        piece.GoOn(passed);
        if (!piece.IsMarked && IsToBlame(piece))
        {
            Mark(suspicion, word);
        }

        if (piece.HeldFor >= ToHandOver && piece.IsHeldBack(Computing))
        {
            HandOver(suspicion, word);
        }

        return true;
    }

    private static bool IsToBlame(Piece piece) => piece.HeldFor >= LongestCompiling
        ? piece.IsHeldBack(Computing)
        : piece.ToBlameFor >= (piece.WasCompiled ? ToMarkCompiled : ToMark) && piece.IsToBlame(Computing);

    private void Mark(Suspicion suspicion, LoopWord word)
    {
        var blamed = suspicion.Loop.Current;
        if (suspicion.Loop.Word != word)
        {
            // It went on while we looked at its thread: it is another's code that runs now.
            return;
        }

        suspicion.Piece.IsMarked = true;
        Mark(blamed);
    }

    private void Mark(IPolled? blamed)
    {
        Interlocked.Increment(ref _stalls);
        EngineTotals.CountStall();
        blamed?.NoteStall();
    }

    private void HandOver(Suspicion suspicion, LoopWord word)
    {
        var source = suspicion.Loop.Current;
        if (!suspicion.Loop.TryTake(ref word))
        {
            return;
        }

        Interlocked.Increment(ref _handOffs);
        EngineTotals.CountHandOff();
        var piece = suspicion.LetGo();
        if (!piece.IsMarked)
        {
            _pursuits.Add(new Pursuit(piece, source));
        }

        crew.TakeOver(suspicion.Loop, word);
    }

    /// <summary>Looks once at code that has lost its loop.</summary>
    /// <returns>Whether it has come back, or is to blame.</returns>
    private bool IsOver(Pursuit pursuit, TimeSpan passed)
    {
        pursuit.Piece.GoOn(passed);
        if (!IsToBlame(pursuit.Piece))
        {
            return pursuit.Piece.IsOver;
        }

        // Looked at last: a thread that has come back runs another's code.
        if (!pursuit.Piece.IsOver)
        {
            Mark(pursuit.Source);
        }

        return true;
    }

    private bool GrowIfShort(TimeSpan passed)
    {
        if (!crew.IsShort)
        {
            _shortFor = TimeSpan.Zero;
            return false;
        }

        _shortFor += passed;
        if (_shortFor >= ToGrow)
        {
            _shortFor = TimeSpan.Zero;
            crew.Grow();
        }

        return true;
    }
}
