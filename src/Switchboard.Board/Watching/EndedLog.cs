namespace Switchboard.Board.Watching;

/// <summary>
/// The connections that ended last, and how many have ended in all. However many of other processes end, those of this
/// process are remembered longest.
/// </summary>
internal sealed class EndedLog
{
    /// <summary>How many are remembered.</summary>
    public const int Most = 200;

    private readonly List<(long Number, EndedSocket Ended)> _last = [];

    /// <summary>How many have ended so far: the number of the last one.</summary>
    public long Count { get; private set; }

    public void Add(EndedSocket ended)
    {
        Count++;
        _last.Add((Count, ended));
        if (_last.Count > Most)
        {
            _last.RemoveAt(Math.Max(0, _last.FindIndex(static one => !one.Ended.IsOfThisProcess)));
        }
    }

    /// <summary>Those behind a count, as far as they are remembered.</summary>
    public IEnumerable<EndedSocket> After(long count) =>
        _last.Where(one => one.Number > count).Select(static one => one.Ended);
}
