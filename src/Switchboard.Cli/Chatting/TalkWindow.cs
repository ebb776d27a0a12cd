namespace Switchboard.Cli.Chatting;

/// <summary>One talk on the screen: its lines, how many of them are new, and how far back it is looked at.</summary>
/// <param name="name">The room, the nick, or the server's words.</param>
internal sealed class TalkWindow(string name)
{
    /// <summary>What is older is forgotten.</summary>
    public const int MaxLines = 3000;

    private readonly List<ShownLine> _lines = [];

    public string Name { get; set; } = name;

    public IReadOnlyList<ShownLine> Lines => _lines;

    public int Unread { get; private set; }

    public bool IsMentioned { get; private set; }

    /// <summary>How many lines are below the last one that is shown.</summary>
    public int Below { get; private set; }

    /// <param name="line">Comes last.</param>
    /// <param name="isSeen">Whether this talk is on the screen.</param>
    public void Add(ShownLine line, bool isSeen)
    {
        _lines.Add(line);
        if (_lines.Count > MaxLines)
        {
            _lines.RemoveAt(0);
        }

        // Whoever reads further up is not carried away.
        Below = Below == 0 ? 0 : Math.Min(Below + 1, _lines.Count - 1);
        if (line.IsNews && (!isSeen || Below > 0))
        {
            Unread++;
            IsMentioned |= line.IsMention;
        }
    }

    /// <summary>Puts what was said earlier before everything else.</summary>
    public void AddEarlier(IReadOnlyList<ShownLine> lines) =>
        _lines.InsertRange(0, lines.Take(MaxLines - _lines.Count));

    public void Scroll(int lines)
    {
        Below = Math.Clamp(Below + lines, 0, Math.Max(_lines.Count - 1, 0));
        if (Below == 0)
        {
            MarkRead();
        }
    }

    /// <summary>It is on the screen.</summary>
    public void MarkRead() => (Unread, IsMentioned) = (0, false);
}
