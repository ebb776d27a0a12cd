namespace Switchboard.Board.Watching;

/// <summary>Something is wrong with a socket.</summary>
/// <param name="Number">Its row.</param>
/// <param name="Kind">One word with dashes that never changes.</param>
/// <param name="About">Its endpoints.</param>
/// <param name="Text">A sentence for people, without its full stop; the page says behind it for how long.</param>
/// <param name="Since">Since when; null where that says nothing.</param>
internal sealed record BoardWarning(long Number, string Kind, string About, string Text, DateTimeOffset? Since = null);
