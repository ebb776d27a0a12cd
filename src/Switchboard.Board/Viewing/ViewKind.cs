namespace Switchboard.Board.Viewing;

/// <summary>Which kinds of sockets a page shows.</summary>
internal enum ViewKind
{
    /// <summary>All but Unix domain sockets of other processes, of which there are many and few that matter.</summary>
    Usual,

    /// <summary>Every kind.</summary>
    All,

    Tcp,

    Udp,

    /// <summary>Unix domain sockets.</summary>
    Unix,
}
