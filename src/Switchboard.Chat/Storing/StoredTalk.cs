namespace Switchboard.Chat;

/// <summary>A talk in which something was said.</summary>
/// <param name="Talk">See <see cref="TalkName"/>.</param>
/// <param name="Newest">When something was said last.</param>
public sealed record StoredTalk(string Talk, DateTimeOffset Newest);
