namespace Switchboard.Engines.Epoll;

/// <summary>
/// Who owns an event loop, and how far it is: 48 bits count the polls and the owners, 16 bits the pieces of work begun
/// since the last poll.
/// </summary>
/// <param name="Bits">
/// Invariant 1: a word never recurs, and only an exchange of the exact last word moves a loop. Invariant 2: progress 0
/// means that no user's code runs, and only a word with progress above 0 may be taken over.
/// </param>
internal readonly record struct LoopWord(long Bits)
{
    public const int MaxProgress = (1 << ProgressBits) - 1;

    private const int ProgressBits = 16;

    /// <summary>How many pieces of work have been begun since the last poll.</summary>
    public int Progress => (int)(Bits & MaxProgress);

    public bool IsPolling => Progress == 0;

    /// <summary>The same owner begins one more piece of work.</summary>
    public LoopWord Next => new(Bits + 1);

    /// <summary>The same owner begins to poll.</summary>
    public LoopWord Polling => new(((Bits >> ProgressBits) + 1) << ProgressBits);

    /// <summary>Another owner goes on at the same place.</summary>
    public LoopWord Taken => new(Bits + (1L << ProgressBits));

    public override string ToString() => $"{Bits >> ProgressBits}:{Progress}";
}
