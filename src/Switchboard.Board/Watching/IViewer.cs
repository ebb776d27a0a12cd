namespace Switchboard.Board.Watching;

/// <summary>Somebody who looks at the board. All calls come from the one who watches, one after the other.</summary>
internal interface IViewer
{
    /// <summary>The rows that are seen now, of which more is wanted than of the rest.</summary>
    IEnumerable<WatchedSocket> Seen { get; }

    /// <summary>Whether it wants to see Unix domain sockets, too.</summary>
    bool WantsUnix { get; }

    /// <summary>Shows what was found; returns soon, and never throws.</summary>
    void Show(Look look);

    /// <summary>Whether it wants to be shown what was found last, in another way.</summary>
    bool WantsAnother { get; }
}
