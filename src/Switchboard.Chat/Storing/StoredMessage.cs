namespace Switchboard.Chat;

/// <summary>A message as it is kept.</summary>
/// <param name="Id">
/// Unique for ever, and ordered by time among those of one server: what clients see as <c>msgid</c>. 1 to 128 visible
/// characters of ASCII.
/// </param>
/// <param name="Time">When the server took it, in UTC, to the millisecond: what is finer is not kept.</param>
/// <param name="Talk">Where it was said; see <see cref="TalkName"/>. 1 to 1024 bytes of UTF-8.</param>
/// <param name="Source">Who said it, <c>nick!user@host</c>.</param>
/// <param name="Account">The account of who said it; null if not signed in.</param>
/// <param name="Command"><c>PRIVMSG</c>, <c>NOTICE</c>, or another event of a room that its history shows.</param>
/// <param name="Target">The room or nick it was said to, as it was typed.</param>
/// <param name="Text">What was said.</param>
public sealed record StoredMessage(
    string Id,
    DateTimeOffset Time,
    string Talk,
    string Source,
    string? Account,
    string Command,
    string Target,
    string Text)
{
    /// <summary>Client-only tags that are kept with it, as they stand in a line; empty if none.</summary>
    public string Tags { get; init; } = "";
}
