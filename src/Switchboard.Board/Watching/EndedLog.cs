namespace Switchboard.Board.Watching;

/// <summary>The connections that ended last, and how many have ended in all.</summary>
internal sealed class EndedLog
{
    /// <summary>How many are remembered.</summary>
    public const int Most = 200;

    private readonly Queue<EndedSocket> _last = [];

    /// <summary>How many have ended so far: the number of the last one.</summary>
    public long Count { get; private set; }

    public void Add(EndedSocket ended)
    {
        Count++;
        _last.Enqueue(ended);
        if (_last.Count > Most)
        {
            _last.Dequeue();
        }
    }

    /// <summary>Those behind a count, as far as they are remembered.</summary>
    public IEnumerable<EndedSocket> After(long count) =>
        _last.Skip(Math.Max(0, _last.Count - (int)Math.Min(Count - count, Most)));
}
