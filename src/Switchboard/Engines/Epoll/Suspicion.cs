namespace Switchboard.Engines.Epoll;

/// <summary>What the watch remembers of a loop from one look to the next.</summary>
/// <param name="loop">Which loop.</param>
/// <param name="compiled">How many methods the runtime has compiled so far.</param>
internal sealed class Suspicion(EventLoop loop, Func<long> compiled)
{
    private TimeSpan _processorTime;
    private TimeSpan _processorTimeToBlame;
    private long _compiled;

    public EventLoop Loop => loop;

    public LoopWord Word { get; private set; }

    /// <summary>How long the loop has been seen in the same piece of work.</summary>
    public TimeSpan HeldFor { get; private set; }

    /// <summary>
    /// How much of that is its code's own fault. Any code is compiled before its first run, whoever wrote it, and that
    /// says nothing of how it will run from then on: the time starts anew when a method has been compiled.
    /// </summary>
    public TimeSpan ToBlameFor { get; private set; }

    /// <summary>Whether whose code this is has been marked already.</summary>
    public bool IsMarked { get; set; }

    /// <summary>The loop has gone on: this is the next piece of work.</summary>
    public void Begin(LoopWord word)
    {
        Word = word;
        HeldFor = TimeSpan.Zero;
        IsMarked = false;
        _processorTime = word.IsPolling ? TimeSpan.Zero : ProcessorTime;
        BlameFromNow(compiled());
    }

    /// <summary>The loop is in the same piece of work as before.</summary>
    public void GoOn(TimeSpan passed)
    {
        HeldFor += passed;
        ToBlameFor += passed;
        var compiledNow = compiled();
        if (compiledNow != _compiled)
        {
            BlameFromNow(compiledNow);
        }
    }

    /// <summary>Whether code has held the loop back: it computes, or sleeps; a starved thread does neither.</summary>
    /// <param name="computing">How much processor time is computing.</param>
    public bool IsHeldBack(TimeSpan computing) => HasDone(computing, _processorTime);

    /// <summary>The same, of the time that is to blame.</summary>
    public bool IsToBlame(TimeSpan computing) => HasDone(computing, _processorTimeToBlame);

    private TimeSpan ProcessorTime => loop.Owner?.ProcessorTime ?? TimeSpan.Zero;

    private void BlameFromNow(long compiledNow)
    {
        ToBlameFor = TimeSpan.Zero;
        _compiled = compiledNow;
        _processorTimeToBlame = Word.IsPolling ? TimeSpan.Zero : ProcessorTime;
    }

    private bool HasDone(TimeSpan computing, TimeSpan since) =>
        loop.Owner is { } owner && (owner.ProcessorTime - since >= computing || owner.IsAsleep);
}
