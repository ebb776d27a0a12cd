namespace Switchboard.Board.Watching;

/// <summary>
/// The warnings of one look, so many at most. However many there are of other processes, those of this process are
/// among them.
/// </summary>
/// <param name="most">How many of sockets are kept.</param>
internal sealed class WarningList(int most)
{
    private readonly List<BoardWarning> _own = [];
    private readonly List<BoardWarning> _others = [];

    public void Add(BoardWarning warning, bool isOfThisProcess)
    {
        var list = isOfThisProcess ? _own : _others;
        if (list.Count < most)
        {
            list.Add(warning);
        }
    }

    /// <summary>Those of this process first.</summary>
    public IEnumerable<BoardWarning> All => _own.Concat(_others).Take(most);
}
