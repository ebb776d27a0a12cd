namespace Switchboard.Board.Viewing;

/// <summary>What a page can want.</summary>
internal enum PageWishKind
{
    /// <summary>To see other rows.</summary>
    View,

    /// <summary>To reset a connection.</summary>
    Kick,

    /// <summary>To see the bytes of a connection of this process; of row 0, to see no more of any.</summary>
    Follow,
}
