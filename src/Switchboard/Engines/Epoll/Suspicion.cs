namespace Switchboard.Engines.Epoll;

/// <summary>What the watch remembers of a loop from one look to the next.</summary>
internal sealed class Suspicion(EventLoop loop)
{
    private TimeSpan _processorTime;

    public EventLoop Loop => loop;

    /// <summary>Where the loop was at the last look.</summary>
    public LoopWord Word { get; private set; }

    /// <summary>How long it has been there.</summary>
    public TimeSpan HeldFor { get; set; }

    /// <summary>Whether the one whose code runs there has been told.</summary>
    public bool IsMarked { get; set; }

    public void Begin(LoopWord word)
    {
        Word = word;
        HeldFor = TimeSpan.Zero;
        IsMarked = false;
        _processorTime = word.IsPolling || loop.Owner is not { } owner ? TimeSpan.Zero : owner.ProcessorTime;
    }

    /// <summary>Whether code holds the loop back: it computes, or sleeps; a starved thread does neither.</summary>
    public bool IsHeldBack(TimeSpan computing) =>
        loop.Owner is { } owner && (owner.ProcessorTime - _processorTime >= computing || owner.IsAsleep);
}
