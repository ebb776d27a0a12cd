namespace Switchboard.Board.Viewing;

/// <summary>What a page wants.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="View">For <see cref="PageWishKind.View"/>.</param>
/// <param name="Number">The row that it is about; 0 for none.</param>
internal sealed record PageWish(PageWishKind Kind, ViewAsk? View = null, long Number = 0);
