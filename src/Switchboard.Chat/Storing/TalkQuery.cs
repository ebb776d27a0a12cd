namespace Switchboard.Chat;

/// <summary>Which talks are asked for: what <c>CHATHISTORY TARGETS</c> can ask.</summary>
/// <param name="Account">Folded; its private talks are looked through.</param>
/// <param name="Rooms">Folded names of rooms that are looked through as well.</param>
/// <param name="After">Only talks whose newest message is later.</param>
/// <param name="Before">Only talks whose newest message is earlier.</param>
/// <param name="Limit">The most talks, at least 1; those with the oldest newest messages come first.</param>
public sealed record TalkQuery(
    string? Account, IReadOnlyList<string> Rooms, DateTimeOffset After, DateTimeOffset Before, int Limit);
