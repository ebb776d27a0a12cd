namespace Switchboard.Engines.Epoll;

/// <summary>Remembers that somebody's code has kept a loop waiting, until it has been quick often enough.</summary>
internal struct StallMark
{
    // So many quick runs in a row make a blocker one of the others again.
    private const int QuickRunsToForgive = 32;

    private int _quickRunsLeft;

    public readonly bool IsBlocker => Volatile.Read(in _quickRunsLeft) > 0;

    public void NoteStall() => Volatile.Write(ref _quickRunsLeft, QuickRunsToForgive);

    public void NoteLaneRun(bool wasQuick)
    {
        if (wasQuick)
        {
            Interlocked.Decrement(ref _quickRunsLeft);
        }
        else
        {
            NoteStall();
        }
    }
}
