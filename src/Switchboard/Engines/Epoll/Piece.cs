namespace Switchboard.Engines.Epoll;

/// <summary>One piece of user's code, as long as the watch sees the same thread in it.</summary>
/// <param name="compiled">How many methods the runtime has compiled so far.</param>
internal sealed class Piece(Func<long> compiled)
{
    private TimeSpan _processorTime;
    private TimeSpan _processorTimeToBlame;
    private long _compiled;
    private int _rests;

    /// <summary>The thread that runs it; null when nobody does.</summary>
    public CrewThread? Thread { get; private set; }

    /// <summary>How long the code has been seen to run.</summary>
    public TimeSpan HeldFor { get; private set; }

    /// <summary>
    /// How much of that is its code's own fault. Any code is compiled before its first run, whoever wrote it, and that
    /// says nothing of how it will run from then on: the time starts anew when a method has been compiled.
    /// </summary>
    public TimeSpan ToBlameFor { get; private set; }

    /// <summary>Whether a method was compiled meanwhile, for this code or for others'.</summary>
    public bool WasCompiled { get; private set; }

    /// <summary>Whether whose code this is has been marked already.</summary>
    public bool IsMarked { get; set; }

    /// <summary>Whether the thread that lost its loop has come back from the code.</summary>
    public bool IsOver => Thread is not { } thread || thread.Rests != _rests;

    public void Begin(CrewThread? thread)
    {
        Thread = thread;
        HeldFor = TimeSpan.Zero;
        IsMarked = false;
        WasCompiled = false;
        _rests = thread?.Rests ?? 0;
        _processorTime = ProcessorTime;
        BlameFromNow(compiled());
    }

    public void GoOn(TimeSpan passed)
    {
        HeldFor += passed;
        ToBlameFor += passed;
        var compiledNow = compiled();
        if (compiledNow != _compiled)
        {
            WasCompiled = true;
            BlameFromNow(compiledNow);
        }
    }

    /// <summary>Whether code has held the loop back: it computes, or sleeps; a starved thread does neither.</summary>
    /// <param name="computing">How much processor time is computing.</param>
    public bool IsHeldBack(TimeSpan computing) => HasDone(computing, _processorTime);

    /// <summary>The same, of the time that is to blame.</summary>
    public bool IsToBlame(TimeSpan computing) => HasDone(computing, _processorTimeToBlame);

    private TimeSpan ProcessorTime => Thread?.ProcessorTime ?? TimeSpan.Zero;

    private void BlameFromNow(long compiledNow)
    {
        ToBlameFor = TimeSpan.Zero;
        _compiled = compiledNow;
        _processorTimeToBlame = ProcessorTime;
    }

    private bool HasDone(TimeSpan computing, TimeSpan since) =>
        Thread is { } thread && (thread.ProcessorTime - since >= computing || thread.IsAsleep);
}
