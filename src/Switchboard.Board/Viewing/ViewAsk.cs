namespace Switchboard.Board.Viewing;

/// <summary>What one page shows. It is replaced as a whole when the page asks for something else.</summary>
internal sealed record ViewAsk
{
    /// <summary>The most rows that a page may ask for at once.</summary>
    public const int MaxRows = 1000;

    /// <summary>As a state: all but those that the system only remembers.</summary>
    public const string NotOver = "open";

    /// <summary>How many are shown to who asks for no number.</summary>
    public const int UsualRows = 50;

    /// <summary>Only those of this kind.</summary>
    public ViewKind Kind { get; init; }

    /// <summary>Whether Unix domain sockets of other processes are among them.</summary>
    public bool WantsUnix => Kind is ViewKind.All or ViewKind.Unix;

    /// <summary>Only connections and sockets of this process.</summary>
    public bool OwnOnly { get; init; }

    /// <summary>Only those in whose text this is, in lower case; empty for all.</summary>
    public string Search { get; init; } = "";

    /// <summary>Only those in this state, by its name; empty for all, or <see cref="NotOver"/>.</summary>
    public string State { get; init; } = NotOver;

    /// <summary>Only those that this listener accepted, or that are at its port; 0 for all.</summary>
    public long Listener { get; init; }

    public ViewOrder Order { get; init; }

    /// <summary>The first row that is shown, counted from 0.</summary>
    public int First { get; init; }

    /// <summary>How many rows are shown.</summary>
    public int Count { get; init; } = UsualRows;

    /// <summary>
    /// When another number than before, the page has let go of what it was told, and wants all of it anew.
    /// </summary>
    public long Anew { get; init; }

    /// <summary>The page's number for this question; the look that answers it bears the same.</summary>
    public long Asked { get; init; }

    /// <summary>The row whose kernel state is shown as well; 0 for none.</summary>
    public long Selected { get; init; }
}
