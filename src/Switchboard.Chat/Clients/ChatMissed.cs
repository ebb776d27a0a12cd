namespace Switchboard.Chat;

/// <summary>A gap: what was said in a talk between two times is not known, because this client was away.</summary>
/// <param name="Time">The end of the gap.</param>
/// <param name="Talk">The room, or the other one's nick.</param>
/// <param name="Since">Its beginning.</param>
public sealed record ChatMissed(DateTimeOffset Time, string Talk, DateTimeOffset Since) : ChatEvent(Time);
